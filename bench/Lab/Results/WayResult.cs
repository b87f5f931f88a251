namespace ShopSession.Lab.Bench.Results;

/// <summary>What was measured of a way whatever the policy, at chosen replicas, past the gateway.</summary>
internal sealed record WayResult
{
    public required string Way { get; init; }

    public required Circumstances Under { get; init; }

    /// <summary>How many values were written at one replica and read at the next at once; 0: it keeps no values.</summary>
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

    /// <summary>Bytes between replica and store, both ways, for one read and one write; <see langword="null"/>: no network, or nobody counts.</summary>
    public required double? StoreBytesPerRead { get; init; }

    public required double? StoreBytesPerWrite { get; init; }

    /// <summary>Bytes that a replica sends to all others for one write.</summary>
    public required double PeerBytesPerWrite { get; init; }

    /// <summary>How many other replicas, of all services, ran meanwhile.</summary>
    public required int Peers { get; init; }

    /// <summary>Bytes by which the store's data grew for a session.</summary>
    public required double? StoreBytesPerSession { get; init; }

    /// <summary>KiB of live objects by which each replica of the measured service grew for 1,000 sessions made evenly over all of them.</summary>
    public required IReadOnlyList<double> ReplicaKibPer1000Sessions { get; init; }

    /// <summary>The part of the keys that the store's fullest shard has, 0 to 1.</summary>
    public required double? BusiestShard { get; init; }

    /// <summary>Requests per second that read the session, as a part of those that touch none.</summary>
    public required double Throughput { get; init; }

    public required double P50Ratio { get; init; }

    public required double P99Ratio { get; init; }

    /// <summary>What only a session that the client carries can be asked; <see langword="null"/> for all others.</summary>
    public required CarriedResult? Carried { get; init; }

    /// <summary>The mean over the replicas.</summary>
    public double MeanReplicaKib() => ReplicaKibPer1000Sessions.Average();
}
