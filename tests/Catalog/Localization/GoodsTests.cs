using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ShopSession.Catalog.Localization;

namespace ShopSession.Catalog.Tests.Localization;

public sealed partial class GoodsTests
{
    private static readonly JsonArray Products = Read("products.json").AsArray();
    private static readonly JsonArray Categories = Read("categories.json").AsArray();
    private static readonly JsonObject Chinese = Read("products-zh-Hans.json").AsObject();

    [Fact]
    public void Everything_that_the_seed_sells_is_named_in_Chinese_and_nothing_else()
    {
        var texts = Products.SelectMany(product => new[] { "name", "summary", "description", "colour" }.Select(field => (string?)product![field]))
            .Concat(Categories.SelectMany(category => new[] { (string?)category!["name"], (string?)category["blurb"] })).OfType<string>();
        Assert.Equal(texts.Distinct().Order(StringComparer.Ordinal), Chinese["texts"]!.AsObject().Select(text => text.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_fact_is_named_in_Chinese_and_so_are_values_that_are_words()
    {
        var known = Chinese["facts"]!.AsObject().Select(fact => fact.Key).ToHashSet();
        var facts = Products.SelectMany(product => product!["facts"]!.AsObject()).ToList();
        Assert.All(facts, fact => Assert.Contains(fact.Key, known));
        Assert.All(known, text => Assert.Contains(facts, fact => fact.Key == text || (string)fact.Value! == text));
        // Four small letters in a row are a word; units and standards have fewer.
        Assert.All(facts.Select(fact => (string)fact.Value!).Where(value => Word().IsMatch(value)), value => Assert.Contains(value, known));
    }

    [Fact]
    public void A_text_that_an_administrator_changed_is_shown_as_worded() => Assert.Equal("Cast-Iron Skillet 27", Goods.Say("Cast-Iron Skillet 27", "zh-Hans"));

    [GeneratedRegex("[a-z]{4}")]
    private static partial Regex Word();

    private static JsonNode Read(string file)
    {
        using var stream = typeof(Goods).Assembly.GetManifestResourceStream("seed/" + file)!;
        return JsonNode.Parse(stream)!;
    }
}
