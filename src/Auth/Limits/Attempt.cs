namespace ShopSession.Auth.Limits;

/// <summary>A place in one counter.</summary>
internal readonly record struct Place(Redis.RedisKey Key, string Id, AttemptLimit Limit)
{
    public string Pending => "a:" + Id;

    public string Failed => "f:" + Id;

    public static bool IsFailed(string member) => member.StartsWith("f:", StringComparison.Ordinal);
}

/// <summary>An attempt that was allowed and is under way. Tell its outcome once; disposed without one it counts as failed, for nobody knows.</summary>
internal sealed class Attempt(AttemptLimiter limiter, IReadOnlyList<Place> places) : IAsyncDisposable
{
    private bool _told;

    public Task SucceedAsync() => TellAsync(limiter.SucceedAsync);

    public Task FailAsync() => TellAsync(limiter.FailAsync);

    /// <summary>It turned out not to be an attempt: its places are given back.</summary>
    public Task WithdrawAsync() => TellAsync(limiter.ReleaseAsync);

    // Places left alone stay "under way" until their window ends: they count, and need no store to do so.
    public ValueTask DisposeAsync() => _told ? ValueTask.CompletedTask : new ValueTask(FailAsync());

    private Task TellAsync(Func<Place, CancellationToken, Task> outcome)
    {
        if (_told) throw new InvalidOperationException("The outcome of an attempt is told once.");
        _told = true;
        // Never with the request's token: leaving early must not change how often one may try.
        return Task.WhenAll(places.Select(place => outcome(place, CancellationToken.None)));
    }
}
