namespace ShopSession.Testing.Localization;

/// <summary>A place where a source asks for a text: <c>T["…"]</c>, <c>T[$"…"]</c> or <c>T.Html($"…")</c>.</summary>
/// <param name="Key">The English text with numbered places for its values; <see langword="null"/> when the text is not written there.</param>
/// <param name="Start">Where the call begins in the source.</param>
/// <param name="End">Where its text ends.</param>
public sealed record PhraseCall(string? Key, int Start, int End);
