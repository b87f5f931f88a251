using System.Globalization;

namespace ShopSession.Hosting;

/// <summary>What the runner knows of an application besides its model.</summary>
public sealed class RunnerOptions
{
    private readonly List<RunnerSetting> _settings = [];
    private readonly List<KeyValuePair<string, string>> _notes = [];
    private readonly List<string> _redisConnections = [];

    /// <summary>The application's name, shown at start and on the page; empty: that of its assembly.</summary>
    public string Title { get; set; } = "";

    /// <summary>The setting for the folder where everything is kept; <see langword="null"/>: <c>.data</c> in the application host's folder.</summary>
    public RunnerSetting? DataDirectory { get; set; }

    /// <summary>The setting for the port of the runner's page and API; <see langword="null"/>: any free port.</summary>
    public RunnerSetting? DashboardPort { get; set; }

    /// <summary>The setting for the secret that changes through the API must show; <see langword="null"/> or not set: a new one at each start.</summary>
    public RunnerSetting? RunnerToken { get; set; }

    /// <summary>The setting for the kind of store: <c>auto</c>, <c>redis-server</c>, <c>embedded</c>.</summary>
    public RunnerSetting? Store { get; set; }

    /// <summary>The setting for the lowest level of the replicas' output that is shown on the console.</summary>
    public RunnerSetting? ConsoleLevel { get; set; }

    /// <summary>All settings, in the order in which the help shows them.</summary>
    public IReadOnlyList<RunnerSetting> Settings => _settings;

    /// <summary>The panel of the runner's page, if there is one.</summary>
    internal RunnerPanel? PagePanel { get; private set; }

    internal IReadOnlyList<KeyValuePair<string, string>> Notes => _notes;

    internal IReadOnlyList<string> RedisConnections => _redisConnections;

    /// <summary>Adds a line to what is printed when the application is ready.</summary>
    public void Note(string label, string text) => _notes.Add(new(label, text));

    /// <summary>Puts a panel on the runner's page; one at most.</summary>
    public RunnerPanel Panel(string title) => PagePanel = new(title);

    /// <summary>Says that the connection string <paramref name="name"/>, where one is given, leads to a Redis; the start checks that it answers.</summary>
    public void RedisConnection(string name) => _redisConnections.Add(name);

    /// <summary>A setting that is any text; listed in the help, not checked.</summary>
    public RunnerSetting Text(string key, string? defaultValue, string description) =>
        Add(new(key, defaultValue, description, RunnerSettingKind.Text, static _ => null));

    /// <summary>A setting that is kept out of sight and not handed on to the processes; at least 16 characters.</summary>
    public RunnerSetting Secret(string key, string description) => Add(new(key, null, description, RunnerSettingKind.Secret, static value =>
        value.Length >= 16 ? null : "it must have at least 16 characters"));

    /// <summary>A setting that is a TCP port.</summary>
    public RunnerSetting Port(string key, int defaultValue, string description) => Add(new(
        key, defaultValue.ToString(CultureInfo.InvariantCulture), description, RunnerSettingKind.Port,
        static value => IsNumber(value, 1, 65535) ? null : "it must be a port, a number from 1 to 65535"));

    /// <summary>A setting that is a whole number.</summary>
    public RunnerSetting Number(string key, int defaultValue, int min, int max, string description) => Add(new(
        key, defaultValue.ToString(CultureInfo.InvariantCulture), description, RunnerSettingKind.Number,
        value => IsNumber(value, min, max) ? null : string.Create(CultureInfo.InvariantCulture, $"it must be a number from {min} to {max}")));

    /// <summary>A setting that is one of several words, without regard to case.</summary>
    public RunnerSetting Choice(string key, string defaultValue, IReadOnlyList<string> choices, string description) => Add(new(
        key, defaultValue, $"{description} ({string.Join(", ", choices)})", RunnerSettingKind.Choice,
        value => choices.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"it must be one of: {string.Join(", ", choices)}"));

    /// <summary>A setting that is a folder, absolute or from the current one.</summary>
    /// <param name="key">The configuration key.</param>
    /// <param name="defaultPath">The default, absolute or from the application host's folder.</param>
    /// <param name="description">What it is for.</param>
    public RunnerSetting Directory(string key, string defaultPath, string description) => Add(new(
        key, defaultPath, description, RunnerSettingKind.Directory,
        static value => value.Trim().Length > 0 && value.IndexOfAny(Path.GetInvalidPathChars()) < 0 ? null : "it must be a path"));

    /// <summary>A setting that is a DNS name.</summary>
    public RunnerSetting Domain(string key, string defaultValue, string description) => Add(new(
        key, defaultValue, description, RunnerSettingKind.Text,
        static value => Uri.CheckHostName(value) == UriHostNameType.Dns && value.Contains('.', StringComparison.Ordinal) && !value.Any(char.IsUpper)
            ? null
            : "it must be a domain name of at least two labels in lower case, for example shop.localhost"));

    private RunnerSetting Add(RunnerSetting setting)
    {
        _settings.Add(setting);
        return setting;
    }

    private static bool IsNumber(string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max;
}
