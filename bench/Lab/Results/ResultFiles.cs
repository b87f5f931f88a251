using System.Text.Json;

namespace ShopSession.Lab.Bench.Results;

/// <summary>Keeps each job's figures in a file of its own, so that a run may be interrupted and the report is made of figures alone.</summary>
internal sealed class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _results;

    /// <param name="folder">Where the report goes; results are in its folder <c>results</c>.</param>
    public ResultFiles(string folder)
    {
        Folder = folder;
        _results = Path.Combine(folder, "results");
        Directory.CreateDirectory(_results);
    }

    public string Folder { get; }

    public bool Has(string file) => File.Exists(PathOf(file));

    public void Write(string file, object result) => File.WriteAllText(PathOf(file), JsonSerializer.Serialize(result, result.GetType(), Json) + "\n");

    public LabResults Read() => new()
    {
        Cells = All<CellResult>("cell"),
        Ways = All<WayResult>("figures"),
        Growth = All<GrowthResult>("growth"),
        Lives = All<LifeResult>("life"),
        Logins = All<LoginResult>("logins").FirstOrDefault(),
        Url = All<UrlResult>("url").FirstOrDefault(),
    };

    private List<T> All<T>(string prefix) =>
        [.. Directory.EnumerateFiles(_results, $"{prefix}-*.json").Order(StringComparer.Ordinal).Select(file => JsonSerializer.Deserialize<T>(File.ReadAllText(file), Json)!)];

    private string PathOf(string file) => Path.Combine(_results, file + ".json");
}
