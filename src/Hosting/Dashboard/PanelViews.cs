using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using ShopSession.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>The panel, as the API shows it.</summary>
internal sealed record PanelView(string Title, IReadOnlyList<ChoiceView> Choices, IReadOnlyList<CautionView> Cautions, PermitView? Permit, bool ShowsServing);

/// <summary>A setting that may be chosen. <paramref name="InForce"/> has several values while the processes differ.</summary>
internal sealed record ChoiceView(string Name, string Label, IReadOnlyList<string> Resources, IReadOnlyList<PanelValue> Values, IReadOnlyList<string> InForce);

/// <summary>What a combination costs.</summary>
internal sealed record CautionView(string Text, bool NeedsPermit, IReadOnlyList<PanelCondition> When);

/// <summary>What is set for combinations that need it. <paramref name="InForce"/>: all processes have it; <paramref name="IsOverridden"/>: the page has set it.</summary>
internal sealed record PermitView(string Name, string Value, IReadOnlyList<string> Resources, bool InForce, bool IsOverridden);

/// <summary>Makes what the API shows of the panel.</summary>
internal sealed class PanelViews(RunnerEnvironment environment, Orchestrator orchestrator, EnvironmentOverrides overrides)
{
    /// <summary><see langword="null"/>: there is no panel.</summary>
    public PanelView? View() => environment.Options.PagePanel is not { } panel
        ? null
        : new(
            panel.Title,
            [.. panel.Choices.Select(choice => new ChoiceView(choice.Variable, choice.Label, choice.Resources, choice.Values, InForce(choice.Variable, choice.DefaultValue, choice.Resources)))],
            [.. panel.Cautions.Select(caution => new CautionView(caution.Text, caution.NeedsPermit, caution.When))],
            panel.Permit is { } permit ? View(permit) : null,
            panel.Question is not null);

    private PermitView View(PanelPermit permit) => new(
        permit.Variable, permit.Value, permit.Resources, InForce(permit.Variable, "", permit.Resources) is [var only] && only == permit.Value,
        Runs(permit.Resources).Any(run => overrides.Of(run.Resource).ContainsKey(permit.Variable)));

    /// <summary>As the processes were last started.</summary>
    private List<string> InForce(string variable, string defaultValue, IReadOnlyList<string> resources) =>
        [.. Runs(resources).SelectMany(run => run.Replicas).Select(replica => ValueOf(replica, variable) ?? defaultValue).Distinct(StringComparer.Ordinal)];

    private static string? ValueOf(Replica replica, string variable) =>
        replica.Environment.FirstOrDefault(pair => pair.Key.Equals(variable, StringComparison.OrdinalIgnoreCase)).Value is { Length: > 0 } value ? value : null;

    private IEnumerable<ResourceRun> Runs(IReadOnlyList<string> resources) => orchestrator.Runs.Where(run => resources.Contains(run.Resource.Name, StringComparer.OrdinalIgnoreCase));
}
