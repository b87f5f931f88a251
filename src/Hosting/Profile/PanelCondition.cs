namespace ShopSession.Hosting;

/// <summary>Holds when a variable has one of some values.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Values">The values.</param>
public sealed record PanelCondition(string Variable, IReadOnlyList<string> Values);
