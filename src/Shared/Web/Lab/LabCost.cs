namespace ShopSession.Web.Lab;

/// <summary>What a replica has cost since it started.</summary>
/// <param name="PeerBytes">Bytes of session changes that it sent to other replicas, without their seal and the protocol around them.</param>
/// <param name="ManagedBytes">Bytes of live objects, after a full collection if one was asked for.</param>
/// <param name="ProcessorMilliseconds">Processor time of all its threads.</param>
internal sealed record LabCost(long PeerBytes, long ManagedBytes, double ProcessorMilliseconds);
