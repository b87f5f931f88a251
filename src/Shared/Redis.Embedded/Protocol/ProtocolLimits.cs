namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>What a single command may announce.</summary>
/// <param name="MaxBulkBytes">The longest argument in bytes.</param>
/// <param name="MaxArguments">The most arguments of one command.</param>
internal sealed record ProtocolLimits(int MaxBulkBytes, int MaxArguments);
