namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>What a single command may announce.</summary>
/// <param name="MaxBulkBytes">The longest argument in bytes.</param>
/// <param name="MaxArguments">The most arguments of one command.</param>
/// <param name="MaxCommandBytes">The most bytes of one command's arguments together: it must fit into one record of the log.</param>
internal sealed record ProtocolLimits(int MaxBulkBytes, int MaxArguments, long MaxCommandBytes);
