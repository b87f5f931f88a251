namespace ShopSession.Hosting;

internal sealed record PanelQuestion(string Resource, string Path, string Header, RunnerSetting Domain, IReadOnlyList<string> Names);
