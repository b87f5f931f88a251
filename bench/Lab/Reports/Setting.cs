using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>Says on what, and under which load, the figures were measured.</summary>
internal static class Setting
{
    public static string Of(LabResults results)
    {
        var under = results.Under;
        var cells = results.Cells;
        var replicas = cells.Count > 0
            ? Say.It($" {Say.Either(cells.Select(cell => cell.Under.Replicas))} replicas of the measured service, {Say.Either(cells.Select(cell => cell.Under.Siblings))} of each other one, {Say.Either(cells.Select(cell => cell.Logins))} logins before each scenario.")
            : "";
        var loads = under.Select(one => one.LoadAverage).OfType<double>().ToList();
        var load = loads.Count > 0 ? Say.It($"; load average when each was done: {loads.Min():0.0} to {loads.Max():0.0}, so that times are rough, while counts and bytes do not depend on it") : "";
        var quick = under.Any(one => one.Quick) ? " Some of it is from a quick run, with fewer of everything." : "";
        return Say.It($"Measured {under.Max(one => one.MeasuredAt):yyyy-MM-dd}, everything on one machine with {Say.Either(under.Select(one => one.Processors))} processors{load}.{replicas}{quick} Compare rows, not machines.");
    }
}
