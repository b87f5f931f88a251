using System.Globalization;

namespace ShopSession.Sessions.Stores.Redis;

/// <summary>
/// The mark on a record whose id is being, or was, replaced. It is set before the successor is made, in one step with the read of what moves over, so that no
/// write is lost between: whoever writes later sees the mark. It is completed after the successor stands.
/// </summary>
/// <param name="Successor">The session that took over; <see langword="null"/> while the change is under way.</param>
/// <param name="At">Under way: since when. Completed: until when the old id may read.</param>
internal sealed record Supersession(SessionHandle? Successor, DateTimeOffset At)
{
    /// <summary>A change of id that was not completed after this long was cut off (its process died): it never happened.</summary>
    public static readonly TimeSpan PendingLimit = TimeSpan.FromSeconds(5);

    public static string Pending(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"p{now.ToUnixTimeMilliseconds()}");

    public static string Done(SessionHandle successor, DateTimeOffset until) =>
        string.Create(CultureInfo.InvariantCulture, $"d{until.ToUnixTimeMilliseconds()}:{successor.Value}");

    public static Supersession? Parse(string? text)
    {
        if (text is not { Length: > 1 }) return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var number = colon < 0 ? text.AsSpan(1) : text.AsSpan(1, colon - 1);
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds > 253_402_300_799_999) return null;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return text[0] switch
        {
            'p' => new Supersession(null, at),
            'd' when colon > 0 => new Supersession(new SessionHandle(text[(colon + 1)..]), at),
            _ => null,
        };
    }

    public bool IsAbandoned(DateTimeOffset now) => Successor is null && now - At > PendingLimit;
}
