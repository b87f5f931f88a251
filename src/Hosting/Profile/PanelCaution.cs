namespace ShopSession.Hosting;

internal sealed record PanelCaution(string Text, bool NeedsPermit, IReadOnlyList<PanelCondition> When);
