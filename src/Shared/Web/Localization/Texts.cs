namespace ShopSession.Web.Localization;

/// <summary>The texts that all services share; <c>T["Sign in"]</c> says one in the visitor's language.</summary>
internal static class Texts
{
    public static PhraseBook T { get; } = new(typeof(Texts), fallback: null);
}
