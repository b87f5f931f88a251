using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Logs;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Terminal;

/// <summary>Shows on the console what replicas write, from a level upwards; all of it is on the page.</summary>
internal sealed class ConsoleReporter : IDisposable
{
    private readonly RunnerConsole _console;
    private readonly ReplicaNotifier _notifier;
    private readonly LogLevel _level;
    private readonly Dictionary<IResource, int> _colors = [];
    private readonly Lock _gate = new();
    private int _width;
    private volatile bool _quiet = true;

    public ConsoleReporter(RunnerConsole console, ReplicaNotifier notifier, LogLevel level)
    {
        _console = console;
        _notifier = notifier;
        _level = level;
        notifier.LineWritten += Write;
    }

    /// <summary>Shows lines from now on. While everything starts, they are about neighbours that are not there yet, or will be in the one message.</summary>
    public void Show() => _quiet = false;

    /// <summary>Shows no more: at the end everybody complains that the others are gone.</summary>
    public void Quiet() => _quiet = true;

    public void Dispose() => _notifier.LineWritten -= Write;

    private void Write(Replica replica, ReplicaLogLine line)
    {
        if (_quiet || line.Level < _level || _level == LogLevel.None)
            return;
        int color;
        lock (_gate)
        {
            if (!_colors.TryGetValue(replica.Resource, out color))
                _colors[replica.Resource] = color = _colors.Count;
            _width = Math.Max(_width, replica.Name.Length);
        }

        _console.Replica(replica.Name, color, _width, line.Level, line.Text);
    }
}
