using System.Globalization;

namespace ShopSession.Web.Localization;

/// <summary>Days and times as people write them in the visitor's language. Times are UTC and say so; scripts put them into the reader's own zone.</summary>
public static class DateText
{
    /// <summary>A day: <c>3 Feb 2026</c>, <c>2026年2月3日</c>.</summary>
    public static string Day(DateTimeOffset at) => Write(at, T["d MMM yyyy"]);

    /// <summary>A day with the month's full name: <c>3 February 2026</c>, <c>2026年2月3日</c>.</summary>
    public static string LongDay(DateTimeOffset at) => Write(at, T["d MMMM yyyy"]);

    /// <summary>A day and time: <c>3 Feb 2026, 14:05 UTC</c>.</summary>
    public static string DayAndTime(DateTimeOffset at) => Write(at, T["d MMM yyyy, HH:mm 'UTC'"]);

    /// <summary>A day and time of late, without the year: <c>3 Feb 14:05 UTC</c>.</summary>
    public static string ShortDayAndTime(DateTimeOffset at) => Write(at, T["d MMM HH:mm 'UTC'"]);

    /// <summary>A time: <c>14:05 UTC</c>.</summary>
    public static string Time(DateTimeOffset at) => Write(at, "HH:mm 'UTC'");

    private static string Write(DateTimeOffset at, string format) => at.UtcDateTime.ToString(format, CultureInfo.CurrentCulture);
}
