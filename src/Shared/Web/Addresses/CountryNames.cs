using System.Collections.Frozen;
using System.Globalization;
using ShopSession.Web.Localization;

namespace ShopSession.Web.Addresses;

/// <summary>
/// The countries' names in the visitor's language. Those in Chinese are the Unicode CLDR's (48): .NET's own <see cref="RegionInfo.DisplayName"/> keeps the language in which a process was
/// first asked. Safe for concurrent use.
/// </summary>
internal static class CountryNames
{
    private static readonly FrozenDictionary<string, string> Chinese = ReadChinese();

    private static readonly FrozenDictionary<string, IReadOnlyList<Country>> ByLanguage =
        Language.All.ToFrozenDictionary(language => language.Name, Sort, StringComparer.Ordinal);

    /// <summary>All countries, in the order in which people look for them: Chinese by the sound (pinyin).</summary>
    public static IReadOnlyList<Country> Sorted => ByLanguage.GetValueOrDefault(CultureInfo.CurrentUICulture.Name, Countries.All);

    public static string Of(Country country) => Of(country, CultureInfo.CurrentUICulture.Name);

    private static string Of(Country country, string language) => language == Language.SimplifiedChinese.Name ? Chinese[country.Code] : country.Name;

    private static IReadOnlyList<Country> Sort(Language language) => language == Language.English
        ? Countries.All
        : [.. Countries.All.OrderBy(country => Of(country, language.Name), StringComparer.Create(CultureInfo.GetCultureInfo(language.Name), CompareOptions.None))];

    private static FrozenDictionary<string, string> ReadChinese()
    {
        using var stream = typeof(CountryNames).Assembly.GetManifestResourceStream("Countries.zh-Hans.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';')).ToFrozenDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }
}
