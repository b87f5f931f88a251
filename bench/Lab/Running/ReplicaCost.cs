namespace ShopSession.Lab.Bench.Running;

/// <summary>What a replica says that it has cost since it started.</summary>
/// <param name="PeerBytes">Bytes of session changes sent to other replicas.</param>
/// <param name="ManagedBytes">Bytes of live objects.</param>
/// <param name="ProcessorMilliseconds">Processor time.</param>
internal sealed record ReplicaCost(long PeerBytes, long ManagedBytes, double ProcessorMilliseconds);
