namespace ShopSession.E2E.Tests.Support;

internal static class Repository
{
    /// <summary>The folder of ShopSession.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ShopSession.sln"))) return folder.FullName;
        throw new InvalidOperationException($"ShopSession.sln is in no folder above {AppContext.BaseDirectory}; run the tests from a clone.");
    }
}
