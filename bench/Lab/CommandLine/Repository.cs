namespace ShopSession.Lab.Bench.CommandLine;

/// <summary>The clone that the lab runs from.</summary>
internal static class Repository
{
    /// <summary>A path in it.</summary>
    /// <exception cref="ArgumentException">The lab runs from somewhere else.</exception>
    public static string PathTo(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ShopSession.sln"))) return Path.Combine([folder.FullName, .. parts]);
        throw new ArgumentException("The lab writes to docs of the repository and is not run from a clone of it: say --output FOLDER.");
    }
}
