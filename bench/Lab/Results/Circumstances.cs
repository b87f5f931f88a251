using System.Globalization;

namespace ShopSession.Lab.Bench.Results;

/// <summary>When, of what and on what something was measured, so that a figure is not taken for more than it is.</summary>
internal sealed record Circumstances
{
    private const string LoadFile = "/proc/loadavg";

    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>Replicas of the measured service that the gateway knows at first.</summary>
    public required int Replicas { get; init; }

    /// <summary>Replicas of each of the other services.</summary>
    public required int Siblings { get; init; }

    /// <summary>Whether there were fewer of everything.</summary>
    public required bool Quick { get; init; }

    public required int Processors { get; init; }

    /// <summary>How many threads wanted a processor, on average over the last minute, the lab's own among them; <see langword="null"/> where the system does not say.</summary>
    public required double? LoadAverage { get; init; }

    public static Circumstances Now(int replicas, int siblings, bool quick) => new()
    {
        MeasuredAt = TimeProvider.System.GetUtcNow(),
        Replicas = replicas,
        Siblings = siblings,
        Quick = quick,
        Processors = Environment.ProcessorCount,
        LoadAverage = File.Exists(LoadFile) ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture) : null,
    };
}
