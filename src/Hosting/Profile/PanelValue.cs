namespace ShopSession.Hosting;

/// <summary>A value that may be chosen on a panel.</summary>
/// <param name="Value">The variable's value.</param>
/// <param name="Text">A few words about it.</param>
public sealed record PanelValue(string Value, string Text);
