using System.Text;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Terminal;

/// <summary>
/// <c>dotnet run</c> starts this program and waits for it. When it is killed, nobody is left to press Ctrl+C: then the application ends too.
/// Whoever starts the program directly may go away as he likes.
/// </summary>
internal static class StarterWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static IDisposable? Begin(Action gone, TimeProvider time)
    {
        if (!OperatingSystem.IsLinux() || !IsDotnetRun(PosixSpawn.ParentId()))
            return null;
        var starter = PosixSpawn.ParentId();
        return time.CreateTimer(_ => Check(starter, gone), null, Interval, Interval);
    }

    private static void Check(int starter, Action gone)
    {
        if (!OperatingSystem.IsWindows() && PosixSpawn.ParentId() != starter)
            gone();
    }

    private static bool IsDotnetRun(int id)
    {
        try
        {
            var arguments = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/cmdline")).Split('\0');
            return Path.GetFileName(arguments[0]) == "dotnet" && arguments.Contains("run");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
