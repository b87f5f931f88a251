namespace ShopSession.Auth.Limits;

/// <summary>The limit is reached. Answer 429.</summary>
internal sealed class TooManyAttemptsException(AttemptLimit limit, TimeSpan retryAfter) : Exception($"The limit '{limit.Name}' is reached.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
