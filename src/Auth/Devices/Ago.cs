using ShopSession.Web.Localization;

namespace ShopSession.Auth.Devices;

/// <summary>A past instant, for people.</summary>
internal static class Ago
{
    public static string InWords(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalSeconds: < 90 } => T["just now"],
        { TotalMinutes: < 60 } past => T[$"{past.TotalMinutes:0} minutes ago"],
        { TotalHours: < 1.5 } => T["an hour ago"],
        { TotalHours: < 24 } past => T[$"{past.TotalHours:0} hours ago"],
        { TotalDays: < 1.5 } => T["yesterday"],
        { TotalDays: < 30 } past => T[$"{past.TotalDays:0} days ago"],
        _ => DateText.LongDay(then),
    };
}
