namespace ShopSession.Hosting;

internal sealed record PanelChoice(string Variable, string Label, string DefaultValue, IReadOnlyList<PanelValue> Values, IReadOnlyList<string> Resources);
