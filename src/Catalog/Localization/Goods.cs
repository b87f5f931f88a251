using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using ShopSession.Catalog.Products;
using ShopSession.Web.Localization;

namespace ShopSession.Catalog.Localization;

/// <summary>
/// The Chinese of what the seed sells. Its English text is the key here too, so a product that an administrator words anew is shown as worded, never with a
/// translation of what it said before. Safe for concurrent use.
/// </summary>
internal sealed class Goods
{
    private static readonly Goods Chinese = Read();

    private readonly FrozenDictionary<string, string> _texts;
    private readonly FrozenDictionary<string, string> _facts;

    private Goods(FrozenDictionary<string, string> texts, FrozenDictionary<string, string> facts) => (_texts, _facts) = (texts, facts);

    /// <summary>A name, summary, description or colour in the visitor's language, as far as it is known there.</summary>
    public static string Say(string english) => Say(english, CultureInfo.CurrentUICulture.Name);

    /// <summary>The same in a language that is named.</summary>
    public static string Say(string english, string? language) => language == Language.SimplifiedChinese.Name ? Chinese._texts.GetValueOrDefault(english, english) : english;

    /// <summary>The name with the size, as a cart shows it, in a language that is named.</summary>
    public static string FullName(Product product, string? language) => product.Size is null ? Say(product.Name, language) : $"{Say(product.Name, language)}, {product.Size}";

    /// <summary>The name or value of a fact in the visitor's language. Apart, because a rose is a colour there and a part of a watering can here.</summary>
    public static string SayFact(string english) => CultureInfo.CurrentUICulture.Name == Language.SimplifiedChinese.Name ? Chinese._facts.GetValueOrDefault(english, english) : english;

    private static Goods Read()
    {
        using var stream = typeof(Goods).Assembly.GetManifestResourceStream("seed/products-zh-Hans.json")!;
        var read = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!;
        return new Goods(read["texts"].ToFrozenDictionary(StringComparer.Ordinal), read["facts"].ToFrozenDictionary(StringComparer.Ordinal));
    }
}
