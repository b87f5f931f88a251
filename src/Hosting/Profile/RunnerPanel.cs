namespace ShopSession.Hosting;

/// <summary>
/// A panel of the runner's page on which a person changes settings of running resources: a choice for each setting, a word of caution for combinations that need one, and who answers. Described
/// once, at the start.
/// </summary>
public sealed class RunnerPanel
{
    private readonly List<PanelChoice> _choices = [];
    private readonly List<PanelCaution> _cautions = [];

    internal RunnerPanel(string title) => Title = title;

    /// <summary>The panel's heading.</summary>
    public string Title { get; }

    internal IReadOnlyList<PanelChoice> Choices => _choices;

    internal IReadOnlyList<PanelCaution> Cautions => _cautions;

    internal PanelPermit? Permit { get; private set; }

    internal PanelQuestion? Question { get; private set; }

    /// <summary>Adds a setting that a person may choose.</summary>
    /// <param name="variable">The environment variable, for example <c>Session__Strategy</c>.</param>
    /// <param name="label">What people call it.</param>
    /// <param name="defaultValue">What holds where the variable is not set.</param>
    /// <param name="values">What may be chosen, and a few words about each.</param>
    /// <param name="resources">Who gets the variable, and is restarted for it.</param>
    public RunnerPanel Choice(string variable, string label, string defaultValue, IReadOnlyList<PanelValue> values, IReadOnlyList<string> resources)
    {
        _choices.Add(new(variable, label, defaultValue, values, resources));
        return this;
    }

    /// <summary>Says what a combination costs, before it is switched to.</summary>
    /// <param name="text">What to expect.</param>
    /// <param name="needsPermit">Whether the resources refuse to start with it without the <see cref="Permits">permit</see>.</param>
    /// <param name="when">The combination: all of these.</param>
    public RunnerPanel Caution(string text, bool needsPermit, params IReadOnlyList<PanelCondition> when)
    {
        _cautions.Add(new(text, needsPermit, when));
        return this;
    }

    /// <summary>The variable that is set for combinations that need a permit, and taken back for all others.</summary>
    public RunnerPanel Permits(string variable, string value, IReadOnlyList<string> resources)
    {
        Permit = new(variable, value, resources);
        return this;
    }

    /// <summary>Shows who answers: asks <paramref name="resource"/> for <paramref name="path"/> under the host of each name, and reads a header of the answer.</summary>
    /// <param name="resource">Who is asked, for example <c>gateway</c>.</param>
    /// <param name="path">What is asked for; nothing may come of asking.</param>
    /// <param name="header">The header that names who answered.</param>
    /// <param name="domain">The setting that holds the domain.</param>
    /// <param name="names">The labels before the domain.</param>
    public RunnerPanel Asks(string resource, string path, string header, RunnerSetting domain, IReadOnlyList<string> names)
    {
        Question = new(resource, path, header, domain, names);
        return this;
    }
}
