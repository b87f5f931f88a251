namespace ShopSession.Hosting;

internal sealed record PanelPermit(string Variable, string Value, IReadOnlyList<string> Resources);
