using System.Globalization;
using System.Threading.Channels;

namespace ShopSession.Redis.Embedded;

/// <summary>
/// Writes what an operator should know, without ever keeping the store waiting: an output that nobody reads takes some kilobytes and then
/// blocks who writes to it. Lines that come meanwhile are dropped, and counted. Safe for concurrent use.
/// </summary>
internal sealed class ReportWriter : IAsyncDisposable
{
    private const int Waiting = 1000;
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1);

    private readonly TextWriter _target;
    private readonly Channel<string> _lines;
    private readonly Task _writing;
    private long _dropped;

    public ReportWriter(TextWriter target)
    {
        _target = target;
        _lines = Channel.CreateBounded<string>(
            new BoundedChannelOptions(Waiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite },
            _ => Interlocked.Increment(ref _dropped));
        _writing = Task.Run(WriteAsync);
    }

    public void Write(string line) => _lines.Writer.TryWrite(line);

    /// <summary>Ends when everything is written, or after a second.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await Task.WhenAny(_writing, Task.Delay(LastPatience)).ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        await foreach (var line in _lines.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await _target.WriteLineAsync("embedded store: " + line).ConfigureAwait(false);
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                await _target.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"embedded store: ({dropped} more lines, which nobody read in time)")).ConfigureAwait(false);
        }
    }
}
