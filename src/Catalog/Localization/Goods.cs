using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using ShopSession.Catalog.Products;
using ShopSession.Web.Localization;

namespace ShopSession.Catalog.Localization;

/// <summary>
/// Goods in the visitor's language. Chinese is what an administrator gave; else what the seed says of its own goods, found by their English text, so that a product that is worded anew is
/// never shown with a translation of what it said before; else the English. Safe for concurrent use.
/// </summary>
internal sealed class Goods
{
    private static readonly Goods Chinese = Read();

    private readonly FrozenDictionary<string, string> _texts;
    private readonly FrozenDictionary<string, string> _facts;

    private Goods(FrozenDictionary<string, string> texts, FrozenDictionary<string, string> facts) => (_texts, _facts) = (texts, facts);

    /// <summary>A department's or colour's name, or a sentence about one, in the visitor's language, as far as the seed knows it.</summary>
    public static string Say(string english) => Say(english, CultureInfo.CurrentUICulture.Name);

    /// <summary>The same in a language that is named.</summary>
    public static string Say(string english, string? language) => Choose(null, english, language);

    /// <summary>What a product is called in the visitor's language.</summary>
    public static string Name(Product product) => Name(product, CultureInfo.CurrentUICulture.Name);

    /// <summary>Its line in the visitor's language.</summary>
    public static string Summary(Product product) => Choose(product.ChineseSummary, product.Summary, CultureInfo.CurrentUICulture.Name);

    /// <summary>What is said about it in the visitor's language.</summary>
    public static string Description(Product product) => Choose(product.ChineseDescription, product.Description, CultureInfo.CurrentUICulture.Name);

    /// <summary>The name with the size, as a cart shows it, in a language that is named.</summary>
    public static string FullName(Product product, string? language) => product.Size is null ? Name(product, language) : $"{Name(product, language)}, {product.Size}";

    /// <summary>The Chinese that is shown; empty: none, the English is.</summary>
    /// <param name="given">What an administrator gave, as it is kept.</param>
    /// <param name="english">The text it is for.</param>
    public static string ChineseOf(string? given, string english) => given ?? Chinese._texts.GetValueOrDefault(english, "");

    /// <summary>What to keep so that <paramref name="chinese"/> is shown: nothing where the seed says so already.</summary>
    public static string? ToKeep(string chinese, string english) => chinese == ChineseOf(null, english) ? null : chinese;

    /// <summary>The name or value of a fact in the visitor's language. Apart, because a rose is a colour there and a part of a watering can here.</summary>
    public static string SayFact(string english) => CultureInfo.CurrentUICulture.Name == Language.SimplifiedChinese.Name ? Chinese._facts.GetValueOrDefault(english, english) : english;

    private static string Name(Product product, string? language) => Choose(product.ChineseName, product.Name, language);

    private static string Choose(string? given, string english, string? language) =>
        language == Language.SimplifiedChinese.Name && ChineseOf(given, english) is { Length: > 0 } chinese ? chinese : english;

    private static Goods Read()
    {
        using var stream = typeof(Goods).Assembly.GetManifestResourceStream("seed/products-zh-Hans.json")!;
        var read = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!;
        return new Goods(read["texts"].ToFrozenDictionary(StringComparer.Ordinal), read["facts"].ToFrozenDictionary(StringComparer.Ordinal));
    }
}
