using System.Globalization;

namespace ShopSession.Auth.Devices;

/// <summary>A past instant, for people.</summary>
internal static class Ago
{
    public static string InWords(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalSeconds: < 90 } => "just now",
        { TotalMinutes: < 60 } past => $"{past.TotalMinutes:0} minutes ago",
        { TotalHours: < 1.5 } => "an hour ago",
        { TotalHours: < 24 } past => $"{past.TotalHours:0} hours ago",
        { TotalDays: < 1.5 } => "yesterday",
        { TotalDays: < 30 } past => $"{past.TotalDays:0} days ago",
        _ => then.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
    };
}
