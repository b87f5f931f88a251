using System.Globalization;
using System.Security.Cryptography;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ShopSession.Hosting;

/// <summary>The runner's own settings, read once, and what is wrong with those of the application.</summary>
internal sealed class RunnerEnvironment
{
    private const string DefaultDataDirectory = ".data";

    private readonly ConfigurationManager _configuration;

    public RunnerEnvironment(RunnerOptions options, ConfigurationManager configuration, string appHostDirectory, TestingSession? testing)
    {
        _configuration = configuration;
        Options = options;
        AppHostDirectory = appHostDirectory;
        IsTesting = testing is not null;
        testing?.ApplyDefaults(options, configuration);
        Problems = [.. options.Settings.Select(Check).OfType<string>()];
        DataDirectory = ReadDirectory(options.DataDirectory);
        if (options.DataDirectory is { } directory)
            configuration[directory.Key] = DataDirectory;
        RunnerToken = Read(options.RunnerToken) is { Length: > 0 } token ? token : RandomNumberGenerator.GetHexString(32, lowercase: true);
    }

    public RunnerOptions Options { get; }

    public string AppHostDirectory { get; }

    public bool IsTesting { get; }

    /// <summary>One message per wrong setting; the application then must not start.</summary>
    public IReadOnlyList<string> Problems { get; }

    public string DataDirectory { get; }

    public string RunnerToken { get; }

    /// <summary>0: any free port.</summary>
    public int DashboardPort => int.Parse(Read(Options.DashboardPort) ?? "0", CultureInfo.InvariantCulture);

    public string Store => Read(Options.Store) ?? "auto";

    public LogLevel ConsoleLevel => Enum.Parse<LogLevel>(Read(Options.ConsoleLevel) ?? nameof(LogLevel.Warning), ignoreCase: true);

    /// <summary>The setting whose value is this port, if there is one.</summary>
    public RunnerSetting? SettingOfPort(int port) => Options.Settings.FirstOrDefault(setting =>
        setting.Kind == RunnerSettingKind.Port && Read(setting) == port.ToString(CultureInfo.InvariantCulture));

    /// <summary>The value of a setting, its default where none is given.</summary>
    public string? ValueOf(RunnerSetting setting) => Read(setting);

    private string? Read(RunnerSetting? setting) => setting is null ? null : _configuration[setting.Key] ?? setting.DefaultValue;

    private string ReadDirectory(RunnerSetting? setting) => setting is not null && _configuration[setting.Key] is { Length: > 0 } given
        ? Path.GetFullPath(given)
        : Path.GetFullPath(setting?.DefaultValue ?? DefaultDataDirectory, AppHostDirectory);

    private string? Check(RunnerSetting setting)
    {
        if (_configuration[setting.Key] is not { } value)
            return null;
        var problem = value.Length == 0 ? null : setting.Problem(value);

        // The model is described before anyone can be told: let it see a value that it can work with. An empty value is none.
        if (value.Length == 0 || problem is not null)
            _configuration[setting.Key] = setting.Kind == RunnerSettingKind.Directory ? null : setting.DefaultValue;
        return problem;
    }
}
