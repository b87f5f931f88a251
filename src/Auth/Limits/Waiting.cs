namespace ShopSession.Auth.Limits;

/// <summary>A time to wait, for people.</summary>
internal static class Waiting
{
    public static string InWords(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds) switch
    {
        <= 1 => "a second",
        <= 90 and var seconds => $"{seconds:0} seconds",
        var seconds => $"{Math.Ceiling(seconds / 60):0} minutes",
    };
}
