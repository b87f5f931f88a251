using ShopSession.Web.Localization;

namespace ShopSession.Cart.Localization;

/// <summary>The texts of this service; <c>T["…"]</c> says one in the visitor's language.</summary>
internal static class Texts
{
    public static PhraseBook T { get; } = new(typeof(Texts));
}
