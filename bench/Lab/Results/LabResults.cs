namespace ShopSession.Lab.Bench.Results;

/// <summary>All that has been measured; lists are in the order of the ways and their policies once <see cref="InOrder"/> was called.</summary>
internal sealed record LabResults
{
    public IReadOnlyList<CellResult> Cells { get; init; } = [];

    public IReadOnlyList<WayResult> Ways { get; init; } = [];

    public IReadOnlyList<GrowthResult> Growth { get; init; } = [];

    public IReadOnlyList<LifeResult> Lives { get; init; } = [];

    public LoginResult? Logins { get; init; }

    public UrlResult? Url { get; init; }

    public bool IsEmpty => Under.Count == 0;

    /// <summary>When and on what each was measured.</summary>
    public IReadOnlyList<Circumstances> Under =>
        [.. Cells.Select(cell => cell.Under), .. Ways.Select(way => way.Under), .. Growth.Select(growth => growth.Under), .. Lives.Select(life => life.Under), .. new[] { Logins?.Under, Url?.Under }.OfType<Circumstances>()];

    public WayResult? Way(string name) => Ways.FirstOrDefault(way => way.Way == name);

    public CellResult? Cell(string way) => Cells.Where(cell => cell.Way == way).OrderBy(cell => cell.Policy != "round-robin").FirstOrDefault();

    public GrowthResult? GrowthOf(string way) => Growth.FirstOrDefault(growth => growth.Way == way);

    public LabResults InOrder() => this with
    {
        Cells = [.. Cells.OrderBy(cell => Place(cell.Way)).ThenBy(cell => PlaceOfPolicy(cell))],
        Ways = [.. Ways.OrderBy(way => Place(way.Way))],
        Growth = [.. Growth.OrderBy(growth => Place(growth.Way))],
        Lives = [.. Lives.OrderBy(life => Place(life.Way))],
    };

    // What is not known any more comes first, to be noticed.
    private static int Place(string way) => Running.Ways.All.Select(known => known.Name).ToList().IndexOf(way);

    private static int PlaceOfPolicy(CellResult cell) => Running.Ways.All.FirstOrDefault(way => way.Name == cell.Way)?.Policies.ToList().IndexOf(cell.Policy) ?? -1;
}
