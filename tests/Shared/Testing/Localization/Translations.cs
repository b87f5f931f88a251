using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace ShopSession.Testing.Localization;

/// <summary>Holds the texts of one project to their Chinese translations.</summary>
/// <param name="project">The project's folder, from the repository's root.</param>
/// <param name="shared">The project whose translations it falls back on; <see langword="null"/> for that project itself.</param>
public sealed partial class Translations(string project, string? shared = "src/Shared/Web")
{
    private readonly SortedDictionary<string, string> _used = new(StringComparer.Ordinal);

    /// <summary>Fails with a line for everything that is wrong.</summary>
    public void Verify()
    {
        var wrong = Check();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Prepend("docs/localization.md tells how texts are translated.")));
    }

    private List<string> Check()
    {
        var wrong = new List<string>();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, project), "*.*", SearchOption.AllDirectories).Where(IsSource).Order(StringComparer.Ordinal)) Read(path, wrong);
        var own = Entries(project);
        var all = shared is null ? own : own.Concat(Entries(shared).Where(entry => !own.ContainsKey(entry.Key))).ToDictionary();
        wrong.AddRange(_used.Where(use => !all.ContainsKey(use.Key)).Select(use => $"{use.Value}: no Chinese for \"{use.Key}\". Add it to {project}/Localization/Texts.zh-Hans.resx."));
        wrong.AddRange(own.Keys.Where(key => !_used.ContainsKey(key)).Select(key => $"Nothing uses \"{key}\" any more. Remove it from {project}/Localization/Texts.zh-Hans.resx."));
        wrong.AddRange(own.Where(entry => !Places(entry.Key).SequenceEqual(Places(entry.Value))).Select(entry => $"The places for values differ: \"{entry.Key}\", \"{entry.Value}\"."));
        wrong.AddRange(own.Where(entry => !Tags(entry.Key).SequenceEqual(Tags(entry.Value))).Select(entry => $"The markup differs: \"{entry.Key}\", \"{entry.Value}\"."));
        return wrong;
    }

    private void Read(string path, List<string> wrong)
    {
        var source = File.ReadAllText(path);
        var name = Path.GetRelativePath(RepositoryRoot.Path, path);
        if (path.EndsWith(".js", StringComparison.Ordinal))
        {
            foreach (var key in PhraseScanner.ScanScript(source)) _used.TryAdd(key, name);
            return;
        }

        foreach (var call in PhraseScanner.Scan(source))
        {
            if (call.Key is { } key) _used.TryAdd(key, name);
            else wrong.Add($"{name}: T takes the English text itself, so that it is found here: {source[call.Start..Math.Min(source.Length, call.Start + 60)].ReplaceLineEndings(" ")}");
        }

        if (path.EndsWith(".cshtml", StringComparison.Ordinal)) wrong.AddRange(BareText.In(source).Select(text => $"{name}: \"{text}\" is said in English only. Write @T[\"{text}\"]."));
    }

    private static bool IsSource(string path) =>
        Path.GetExtension(path) is ".cs" or ".cshtml" or ".js" && !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin");

    private static Dictionary<string, string> Entries(string project) => XDocument.Load(Path.Combine(RepositoryRoot.Path, project, "Localization", "Texts.zh-Hans.resx")).Root!
        .Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Tags(string text) => Tag().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}")]
    private static partial Regex Place();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
