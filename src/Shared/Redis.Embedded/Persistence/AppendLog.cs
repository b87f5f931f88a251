using ShopSession.Redis.Embedded.Execution;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>The data directory: one log that is always enough to rebuild everything, replaced by a shorter one when it has grown.</summary>
internal sealed partial class AppendLog : IPersistence, IDisposable
{
    private const string LogName = "store.log";
    private const string RewriteName = "store.log.new";
    private const int LargestPending = 64 * 1024 * 1024;
    private static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(1);

    private readonly Store _store;
    private readonly SerialExecutor _executor;
    private readonly string _directory;
    private readonly Action<string> _report;
    private LogWriter _writer;
    private LogRewrite? _rewrite;
    private bool _isStarting;
    private int _rewrites;
    private long _syncedAt;
    private Task _sync = Task.CompletedTask;

    private AppendLog(Store store, SerialExecutor executor, string directory, LogWriter writer, Action<string> report)
    {
        (_store, _executor, _directory, _writer, _report) = (store, executor, directory, writer, report);
        // What a rewrite would leave, and not what there is: a store that is started often would else never come to twice of it.
        SizeAfterRewrite = Math.Min(writer.Length, store.DataMemory);
        LastSave = store.UtcNow;
    }

    public bool IsEnabled => true;

    public string? WriteError { get; private set; }

    public long Size => _writer.Length;

    public long SizeAfterRewrite { get; private set; }

    public bool IsRewriting => _rewrite is not null || _isStarting;

    public DateTimeOffset LastSave { get; private set; }

    /// <summary>Replays the directory's log into the store and goes on with it.</summary>
    /// <exception cref="StoreDataException">The log cannot be read or is damaged.</exception>
    public static AppendLog Open(Store store, SerialExecutor executor, string directory, bool repair, Action<string> report, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, LogName);
        try
        {
            // Of an unfinished rewrite nothing counts.
            File.Delete(Path.Combine(directory, RewriteName));
            var writer = IsToBeCreated(path, report) ? Create(directory, path) : LogLoader.Load(store, path, repair, report, cancellationToken);
            return new AppendLog(store, executor, directory, writer, report);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreDataException($"The log {path} cannot be opened: {e.Message}", e);
        }
    }

    public void Append(EffectBuffer effects)
    {
        // Many large commands of one round together: a part is written before the round is over, or it would not fit into memory.
        if (_writer.Pending > 0 && (long)_writer.Pending + effects.Content.Length > LargestPending) Commit();
        _writer.Append(effects.Content);
        if (_rewrite is { } rewrite) Guard(rewrite, () => rewrite.Follow(effects));
    }

    public void Commit()
    {
        if (_writer.Pending == 0 && WriteError is null) return;
        try
        {
            _writer.Write();
            if (_store.Settings.FsyncAlways) _writer.Synchronise();
            if (WriteError is not null) _report("the log can be written again");
            WriteError = null;
        }
        catch (IOException e)
        {
            if (_store.Settings.FsyncAlways) throw new StoreDataException($"The log could not be written ({e.Message}); with --appendfsync always the store must end rather than confirm what is not on the disk.", e);
            if (WriteError is null) _report($"the log cannot be written, commands that write are refused: {e.Message}");
            WriteError = e.Message;
        }
    }

    /// <summary>Called regularly: synchronises once a second, starts a rewrite when the log has grown.</summary>
    public void Tick()
    {
        Commit();
        var now = Environment.TickCount64;
        if (!_writer.IsSynchronised && _sync.IsCompleted && now - _syncedAt >= SyncInterval.TotalMilliseconds)
        {
            _syncedAt = now;
            var writer = _writer;
            _sync = Task.Run(() => SynchroniseInBackground(writer));
        }

        if (!IsRewriting && WriteError is null && Size >= _store.Settings.RewriteMinimumBytes && Size >= 2 * SizeAfterRewrite) StartRewrite();
    }

    /// <summary>Writes and synchronises what is left. Called by the executor, as the last that it does.</summary>
    /// <exception cref="StoreDataException">It could not be written.</exception>
    public void Close()
    {
        _rewrite?.Dispose();
        _rewrite = null;
        try
        {
            _writer.Write();
            _writer.Synchronise();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreDataException($"The log could not be completed at the end: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _rewrite?.Dispose();
        _writer.Dispose();
    }

    /// <summary>Whether there is no log, or one that was begun and cut off within its header.</summary>
    private static bool IsToBeCreated(string path, Action<string> report)
    {
        if (!File.Exists(path)) return true;
        var length = new FileInfo(path).Length;
        if (length >= LogFormat.HeaderSize || !LogFormat.IsHeader(File.ReadAllBytes(path))) return false;
        report($"{path} has {length} bytes, too few for a log: it holds no data, and the store begins with nothing");
        return true;
    }

    private static LogWriter Create(string directory, string path)
    {
        var writer = LogWriter.Create(path);
        // Or the file, with all that is brought to the disk in it, could be missing from the directory after a power cut.
        DirectorySync.Synchronise(directory);
        return writer;
    }

    private void SynchroniseInBackground(LogWriter writer)
    {
        try
        {
            writer.Synchronise();
        }
        catch (ObjectDisposedException)
        {
            // The log was replaced meanwhile; the new one was synchronised as a whole.
        }
        catch (IOException e)
        {
            _executor.PostLater(() =>
            {
                _report($"the log could not be brought to the disk: {e.Message}");
                WriteError ??= e.Message;
            });
        }
    }
}
