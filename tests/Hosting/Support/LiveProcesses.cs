using System.Globalization;

namespace ShopSession.Hosting.Tests.Support;

/// <summary>Looks at the machine's processes, by what their environment or command line holds. Linux only.</summary>
internal static class LiveProcesses
{
    public static void RequireProc()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Looks into /proc, which only Linux has.");
    }

    /// <summary>The processes, zombies left out, whose environment or arguments contain a text; not this one.</summary>
    public static IReadOnlyList<int> Containing(string text) => [.. Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && id != Environment.ProcessId)
        .Where(id => Read(id, "environ").Contains(text, StringComparison.Ordinal) || Read(id, "cmdline").Contains(text, StringComparison.Ordinal))];

    public static bool IsAlive(int id) => IsAlive(Read(id, "stat"));

    public static int GroupOf(int id)
    {
        var stat = Read(id, "stat");
        return GroupOf(stat);
    }

    /// <summary>All members of a process group.</summary>
    public static IReadOnlyList<int> InGroup(int group) => [.. Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && Read(id, "stat") is var stat && IsAlive(stat) && GroupOf(stat) == group)];

    private static bool IsAlive(string stat) => stat.Length > 0 && !stat[stat.LastIndexOf(')')..].StartsWith(") Z", StringComparison.Ordinal);

    private static int GroupOf(string stat) => int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[2], CultureInfo.InvariantCulture);

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
