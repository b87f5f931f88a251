namespace ShopSession.Lab.Bench.Results;

/// <summary>What was measured of a strategy whatever the policy, at chosen replicas, past the gateway.</summary>
internal sealed record StrategyResult
{
    public required string Strategy { get; init; }

    public required int Replicas { get; init; }

    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>How many values were written at one replica and read at the next at once.</summary>
    public required int Writes { get; init; }

    /// <summary>Of <see cref="Writes"/>: read as something older, or nothing.</summary>
    public required int StaleReads { get; init; }

    /// <summary>How many sessions were signed out at one replica, after all others had known them.</summary>
    public required int SignOuts { get; init; }

    /// <summary>Milliseconds until every replica refused a signed-out session; <see langword="null"/>: no other replica ever knew it.</summary>
    public required double? RefusedMedian { get; init; }

    public required double? RefusedWorst { get; init; }

    /// <summary>Whether one was still accepted when the lab gave up after ten seconds.</summary>
    public required bool NeverRefused { get; init; }

    /// <summary>Bytes between replica and store, both ways, for one read and one write.</summary>
    public required double StoreBytesPerRead { get; init; }

    public required double StoreBytesPerWrite { get; init; }

    /// <summary>Bytes of the store's memory for a session.</summary>
    public required double StoreMemoryPerSession { get; init; }

    /// <summary>KiB by which the resident memory of all replicas together grew for 1,000 sessions. Rough: the runtime takes and keeps memory as it likes.</summary>
    public required double ReplicaKibPer1000Sessions { get; init; }

    /// <summary>Requests per second that read the session, as a part of those that touch none.</summary>
    public required double Throughput { get; init; }

    public required double P50Ratio { get; init; }

    public required double P99Ratio { get; init; }
}
