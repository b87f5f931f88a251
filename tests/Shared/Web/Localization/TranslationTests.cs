using ShopSession.Testing.Localization;

namespace ShopSession.Web.Tests.Localization;

public sealed class TranslationTests
{
    /// <summary>A page that somebody added without its Chinese words would show English among Chinese, and nobody would notice.</summary>
    [Fact]
    public void Every_text_has_its_Chinese_and_no_Chinese_is_left_over() => new Translations("src/Shared/Web", shared: null).Verify();
}
