using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Running;
using ShopSession.Sessions.Stores;

namespace ShopSession.Lab.Bench.Jobs;

/// <summary>All that the lab can measure: what tells most comes first, so that an interrupted run is worth most.</summary>
internal static class JobList
{
    // Where a write costs more than its own replica's work: those that share, and one that does not to compare with.
    private static readonly string[] Growing = [SessionStrategies.Replicated, SessionStrategies.Redis, SessionStrategies.Database, SessionStrategies.Local];
    private static readonly string[] Carried = [SessionStrategies.Client, SessionStrategies.Jwt];

    public static IReadOnlyList<Job> All { get; } =
    [
        .. Ways.All.SelectMany(way => (Job[])[new(way, JobKind.Cell, way.Policies[0]), new(way, JobKind.Figures, way.Policies[0])]),
        .. Of(JobKind.Growth, Growing),
        .. Of(JobKind.Life, Carried),
        .. Of(JobKind.Logins, SessionStrategies.Redis),
        .. Of(JobKind.Url, SessionStrategies.Redis),
        .. Ways.All.SelectMany(way => way.Policies.Skip(1).Select(policy => new Job(way, JobKind.Cell, policy))),
    ];

    /// <summary>Those that the options ask for.</summary>
    /// <exception cref="ArgumentException">One of the names fits nothing; the message has those that there are.</exception>
    public static IReadOnlyList<Job> Of(LabOptions options)
    {
        foreach (var name in options.Only)
        {
            if (!All.Any(job => Fits(job, name))) throw new ArgumentException($"--only has '{name}', which is none of: {string.Join(", ", All.Select(job => job.Name))}; a name without the slash is all of that way.");
        }
        return options.Only.Count == 0 ? All : [.. All.Where(job => options.Only.Any(name => Fits(job, name)))];
    }

    private static bool Fits(Job job, string name) => name == job.Name || name == job.Way.Name;

    private static IEnumerable<Job> Of(JobKind kind, params string[] ways) => ways.Select(name => Ways.Named(name)).Select(way => new Job(way, kind, way.Policies[0]));
}
