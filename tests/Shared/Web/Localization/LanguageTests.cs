using ShopSession.Web.Localization;

namespace ShopSession.Web.Tests.Localization;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("en", "en")]
    [InlineData("EN-gb", "en")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("zh-CN", "zh-Hans")]
    [InlineData("zh-SG", "zh-Hans")]
    [InlineData("zh-Hans", "zh-Hans")]
    [InlineData("zh-Hans-HK", "zh-Hans")]
    [InlineData("zh-TW", null)]
    [InlineData("zh-Hant", null)]
    [InlineData("zh-Hant-CN", null)]
    [InlineData("de", null)]
    [InlineData("english", null)]
    [InlineData("*", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_tag_is_served_by_the_language_that_its_speakers_read(string? tag, string? expected) => Assert.Equal(expected, Language.Match(tag)?.Name);
}
