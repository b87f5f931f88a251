namespace ShopSession.E2E.Tests.Support;

/// <summary>Where a test leaves what a person looks at afterwards: <c>TestResults/e2e/</c>.</summary>
internal static class Artefacts
{
    public static string Root { get; } = Path.Combine(Repository.Root, "TestResults", "e2e");

    /// <summary>Whether failed tests leave a Playwright trace too: <c>SHOP_TEST_TRACE=1</c>.</summary>
    public static bool WantTraces { get; } = Environment.GetEnvironmentVariable("SHOP_TEST_TRACE") == "1";

    /// <summary>An empty folder for the test's screenshots, pages and logs.</summary>
    public static string FolderFor(string test)
    {
        var name = string.Concat(test.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_'));
        var folder = Path.Combine(Root, name.Length > 150 ? name[..150] : name);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return folder;
    }
}
