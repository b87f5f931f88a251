using System.Runtime.InteropServices;

namespace Aspire.Hosting.Processes;

/// <summary>Finds programs.</summary>
internal static class ProgramPath
{
    /// <summary>The program of the .NET installation that this process runs on.</summary>
    public static string Dotnet { get; } = FindDotnet();

    /// <summary>The absolute path of a program given by name (found on the PATH) or by path (from <paramref name="directory"/>).</summary>
    public static string? Find(string command, string? directory = null)
    {
        if (command.Contains('/', StringComparison.Ordinal) || Path.IsPathRooted(command) || command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return Existing(Path.GetFullPath(command, directory ?? Environment.CurrentDirectory));
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Where(Path.IsPathRooted).Select(folder => Existing(Path.Combine(folder, command))).FirstOrDefault(path => path is not null);
    }

    private static string? Existing(string path)
    {
        if (!OperatingSystem.IsWindows())
            return File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0 ? path : null;
        string[] extensions = ["", .. (Environment.GetEnvironmentVariable("PATHEXT") ?? ".EXE").Split(';')];
        return extensions.Select(extension => path + extension).FirstOrDefault(File.Exists);
    }

    private static string FindDotnet()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var beside = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(beside)
            ? beside
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Find("dotnet")
                ?? throw new DistributedApplicationException($"The program 'dotnet' is neither in {root} nor on the PATH. Install the .NET SDK, or put it on the PATH.");
    }
}
