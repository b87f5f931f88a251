using System.Globalization;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>Numbers as the report writes them, whatever the machine's language.</summary>
internal static class Say
{
    public static string It(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static string Part(double part) => It($"{part * 100:0} %");

    /// <summary>"3", or "3 or 8" where several were measured.</summary>
    public static string Either(IEnumerable<int> numbers) => string.Join(" or ", numbers.Distinct().Order().Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
