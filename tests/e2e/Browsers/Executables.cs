namespace ShopSession.E2E.Tests.Browsers;

internal static class Executables
{
    /// <summary>The full path of a program on the PATH; <see langword="null"/>: there is none of the name.</summary>
    public static string? Find(string name)
    {
        var names = OperatingSystem.IsWindows() ? new[] { $"{name}.exe" } : [name];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(file => Path.Combine(folder, file)))
            .FirstOrDefault(File.Exists);
    }
}
