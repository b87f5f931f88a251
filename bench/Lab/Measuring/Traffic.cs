namespace ShopSession.Lab.Bench.Measuring;

/// <summary>What one request cost besides its own replica's answer.</summary>
/// <param name="StoreBytes">Bytes between replicas and store, both ways; <see langword="null"/>: no network, or nobody counts.</param>
/// <param name="PeerBytes">Bytes between replicas.</param>
/// <param name="ProcessorMicroseconds">Processor time of all watched replicas.</param>
internal sealed record Traffic(double? StoreBytes, double PeerBytes, double ProcessorMicroseconds);
