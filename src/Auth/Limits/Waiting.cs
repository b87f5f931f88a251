namespace ShopSession.Auth.Limits;

/// <summary>A time to wait, for people.</summary>
internal static class Waiting
{
    public static string InWords(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds) switch
    {
        <= 1 => T["a second"],
        <= 90 and var seconds => T[$"{seconds:0} seconds"],
        var seconds => T[$"{Math.Ceiling(seconds / 60):0} minutes"],
    };
}
