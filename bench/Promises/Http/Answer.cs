namespace ShopSession.Promises.Bench.Http;

/// <summary>An answer, read to its end.</summary>
/// <param name="Status">The status; 0 when there was no answer at all.</param>
/// <param name="Text">The body, or why there was no answer.</param>
/// <param name="SetCookies">The <c>Set-Cookie</c> lines of the session's cookie.</param>
/// <param name="HasRetryAfter">Whether it says when to come again.</param>
/// <param name="SentAt">When the request left, on the clock of <see cref="Environment.TickCount64"/>'s finer sibling <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="Took">From sending to the end of the body.</param>
internal sealed record Answer(int Status, string Text, IReadOnlyList<string> SetCookies, bool HasRetryAfter, long SentAt, TimeSpan Took)
{
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>The new id, where the answer carries one; empty where it ends the cookie; else <see langword="null"/>.</summary>
    public string? Cookie => SetCookies.Where(IsShared)
        .Select(line => line[(ShopHttp.CookieName.Length + 1)..line.IndexOf(';', StringComparison.Ordinal)]).LastOrDefault();

    /// <summary>Whether some other cookie of the name, of a host or a path of its own, is expired.</summary>
    public bool ExpiresStrays => SetCookies.Any(line => !IsShared(line));

    public override string ToString() => $"{Status} {(Text.Length > 120 ? Text[..120] : Text)}";

    private static bool IsShared(string line) => line.Contains("domain=", StringComparison.OrdinalIgnoreCase) && line.Contains("path=/;", StringComparison.OrdinalIgnoreCase);
}
