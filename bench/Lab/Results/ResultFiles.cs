using System.Text.Json;

namespace ShopSession.Lab.Bench.Results;

/// <summary>Keeps each cell's figures in a file of its own, so that a run may be interrupted and the report is made of figures alone.</summary>
internal sealed class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _folder;

    public ResultFiles()
    {
        Lab = Path.Combine(Repository(), "docs", "lab");
        _folder = Path.Combine(Lab, "results");
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Where the report goes.</summary>
    public string Lab { get; }

    public IReadOnlyList<CellResult> Cells => Read<CellResult>("cell-");

    public IReadOnlyList<StrategyResult> Strategies => Read<StrategyResult>("strategy-");

    public void Write(CellResult cell) => Write($"cell-{cell.Strategy}-{cell.Policy}.json", cell);

    public void Write(StrategyResult strategy) => Write($"strategy-{strategy.Strategy}.json", strategy);

    private void Write<T>(string name, T value) => File.WriteAllText(Path.Combine(_folder, name), JsonSerializer.Serialize(value, Json) + "\n");

    private List<T> Read<T>(string prefix) =>
        [.. Directory.EnumerateFiles(_folder, $"{prefix}*.json").Order(StringComparer.Ordinal).Select(file => JsonSerializer.Deserialize<T>(File.ReadAllText(file), Json)!)];

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ShopSession.sln"))) return folder.FullName;
        throw new InvalidOperationException("The lab writes to docs/lab of the repository and must be run from a clone.");
    }
}
