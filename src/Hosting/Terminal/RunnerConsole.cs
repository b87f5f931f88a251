using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Logging;
using ShopSession.Hosting;

namespace Aspire.Hosting.Terminal;

/// <summary>What the person who starts the application sees. Safe for concurrent use.</summary>
internal sealed class RunnerConsole(RunnerEnvironment environment, TimeProvider time)
{
    private static readonly int[] Colors = [36, 35, 34, 32, 96, 95, 94, 92];

    private readonly Lock _gate = new();

    // https://no-color.org
    private readonly bool _colors = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public void Line(string text = "") => Write(text, error: false);

    public void Problem(string text) => Write($"{Bold("Cannot start.", 31)} {text}", error: true);

    /// <summary>A line of a replica, behind its name in its resource's colour.</summary>
    public void Replica(string name, int color, int width, LogLevel level, string text)
    {
        var styled = level switch
        {
            >= LogLevel.Error => Paint(text, 31),
            LogLevel.Warning => Paint(text, 33),
            _ => text,
        };
        Line($"{Paint(name.PadRight(width), Colors[color % Colors.Length])} {Paint("|", 90)} {styled}");
    }

    public void Starting(IReadOnlyList<ResourceRun> runs)
    {
        var parts = runs.Select(run => run.Replicas.Count > 1 ? $"{run.Resource.Name} x{run.Replicas.Count}" : run.Resource.Name);
        Line($"{Bold(environment.Options.Title)} starts {string.Join(", ", parts)} …");
    }

    public void Ready(TimeSpan elapsed, IReadOnlyList<KeyValuePair<string, string>> lines)
    {
        Line($"{Bold("Ready", 32)} after {elapsed.TotalSeconds:0.0} s, at {time.GetLocalNow():HH:mm:ss}.");
        Line();
        var width = lines.Max(line => line.Key.Length);
        foreach (var (label, text) in lines)
            Line($"  {Bold(label.PadRight(width))}  {text}");
        Line();
        Line("  Ctrl+C ends everything. --help lists the settings.");
        Line();
    }

    public void Help()
    {
        Line($"{Bold(environment.Options.Title)}: starts the whole application and keeps it running until Ctrl+C.");
        Line();
        Line("  --help                                          shows this");
        Line("  --publisher manifest --output-path <file>       writes the deployment manifest and ends");
        Line("  --<Key>=<value>                                 sets a setting, for example --Shop:Port=9000");
        Line();
        Line(Bold("Settings, as environment variables:"));
        var width = environment.Options.Settings.Select(setting => setting.EnvironmentName.Length).DefaultIfEmpty(0).Max();
        foreach (var setting in environment.Options.Settings)
            Line($"  {setting.EnvironmentName.PadRight(width)}  {setting.Description}{(setting.DefaultValue is { } value ? $" [{value}]" : "")}");
    }

    private string Bold(string text, int color = 0) => _colors ? $"\x1b[1{(color > 0 ? $";{color}" : "")}m{text}\x1b[0m" : text;

    private string Paint(string text, int color) => _colors ? $"\x1b[{color}m{text}\x1b[0m" : text;

    private void Write(string text, bool error)
    {
        lock (_gate)
            (error ? Console.Error : Console.Out).WriteLine(text);
    }
}
