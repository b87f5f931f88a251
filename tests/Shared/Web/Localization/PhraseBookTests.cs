using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using ShopSession.Testing.Localization;
using ShopSession.Web.Localization;

namespace ShopSession.Web.Tests.Localization;

public sealed class PhraseBookTests
{
    private static readonly PhraseBook T = new(typeof(Texts), fallback: null);

    [Fact]
    public void A_text_is_said_in_the_language_of_the_request() => Assert.Equal("购物车", In("zh-Hans", () => T["Cart"]));

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("")]
    public void Every_other_language_reads_English(string language) => Assert.Equal("Cart", In(language, () => T["Cart"]));

    [Fact]
    public void What_is_not_translated_is_said_in_English() => Assert.Equal("Nobody ever translated this", In("zh-Hans", () => T["Nobody ever translated this"]));

    [Fact]
    public void Values_find_their_place_in_the_other_language() => Assert.Equal("仅剩 3 件", In("zh-Hans", () => T[$"Only {3} left"]));

    [Fact]
    public void Values_are_encoded_inside_markup_and_the_markup_is_not() =>
        Assert.Equal("<b>&lt;i&gt;</b> <i>mine</i>", In("en", () => Written(T.Html($"<b>{"<i>"}</b> {new HtmlString("<i>mine</i>")}"))));

    [Fact]
    public void A_phrase_has_the_key_that_the_check_of_the_translations_finds_in_its_source()
    {
        const string source = """T[$"{{\"{Names["a"]}\" costs {price:0.00}, {(few ? "a : b" : T["none"])}}}"]""";
        var (name, price, few) = ("x", 1.5m, true);
        Phrase phrase = $"{{\"{name}\" costs {price:0.00}, {(few ? "a : b" : T["none"])}}}";
        Assert.Equal([phrase.Key, "none"], PhraseScanner.Scan(source).Select(call => call.Key));
    }

    private static string In(string language, Func<string> say)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return say();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Written(IHtmlContent content)
    {
        using var writer = new StringWriter();
        content.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
