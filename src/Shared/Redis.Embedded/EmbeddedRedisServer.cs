using System.Net;
using System.Net.Sockets;
using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Persistence;

namespace ShopSession.Redis.Embedded;

/// <summary>
/// A store that speaks the Redis protocol (RESP2 and RESP3) on a TCP port and keeps its data in a directory. Several may run in one
/// process, each with its own port and directory. All members are safe for concurrent use.
/// </summary>
public sealed class EmbeddedRedisServer : IAsyncDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Store _store;
    private readonly SerialExecutor _executor;
    private readonly Action<string> _report;
    private readonly DirectoryLock? _lock;
    private readonly Listener _listener;
    private AppendLog? _log;
    private Task _loops = Task.CompletedTask;
    private int _stops;

    private EmbeddedRedisServer(EmbeddedRedisOptions options, IPAddress address, DirectoryLock? directoryLock)
    {
        _report = options.Report ?? (_ => { });
        _lock = directoryLock;
        var possibleClients = FileHandles.ForConnections();
        if (possibleClients < options.MaxClients) _report($"the system's limit on open files allows {possibleClients} connections instead of {options.MaxClients}; raise it with ulimit -n");
        _store = new Store(SettingsOf(options, possibleClients), options.Time) { Report = _report };
        _store.Tracking.PushLimit = options.PushLimitBytes;
        _store.ShutdownRequested = () => ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.StopAsync(), this, preferLocal: false);
        _executor = new SerialExecutor(BeforeCompletion, Fail);
        var processor = new CommandProcessor(_store);
        _listener = new Listener(new IPEndPoint(address, options.Port), _store, processor, _executor, _report);
    }

    /// <summary>The port that the store listens on.</summary>
    public int Port => _store.Settings.Port;

    /// <summary>Keys that were there when the store had started.</summary>
    public int LoadedKeys { get; private set; }

    /// <summary>
    /// Ends when the store has ended, by <see cref="StopAsync"/> or the SHUTDOWN command. It fails with <see cref="EmbeddedRedisException"/>
    /// when the store could not go on.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>Loads the data and listens. The returned store answers already.</summary>
    /// <exception cref="EmbeddedRedisException">An option is wrong, the port is taken, or the directory cannot be used; nothing is left behind.</exception>
    public static async Task<EmbeddedRedisServer> StartAsync(EmbeddedRedisOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = options.Validate();
        DirectoryLock? directoryLock = null;
        EmbeddedRedisServer? server = null;
        try
        {
            if (options.Directory is not null) directoryLock = DirectoryLock.Acquire(Path.GetFullPath(options.Directory));
            server = new EmbeddedRedisServer(options, address, directoryLock);
            server.Load(options, cancellationToken);
            server._loops = Task.WhenAll(server._listener.RunAsync(server._stopping.Token), server.TickAsync());
            return server;
        }
        catch (Exception e)
        {
            if (server is not null) await server.ReleaseAsync().ConfigureAwait(false);
            directoryLock?.Dispose();
            if (e is StoreDataException) throw new EmbeddedRedisException(e.Message, e);
            throw;
        }
    }

    /// <summary>Stops listening, disconnects the clients, brings everything to the disk. Repeatable.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Increment(ref _stops) > 1)
        {
            await _completion.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await ReleaseAsync().ConfigureAwait(false);
        _completion.TrySetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private static StoreSettings SettingsOf(EmbeddedRedisOptions options, int possibleClients) => new()
    {
        Bind = options.Bind,
        Directory = options.Directory is null ? "" : Path.GetFullPath(options.Directory),
        Databases = options.Databases,
        MaxMemory = options.MaxMemory,
        MaxBulkBytes = options.MaxBulkBytes,
        MaxClients = Math.Min(options.MaxClients, possibleClients),
        PossibleClients = possibleClients,
        Password = string.IsNullOrEmpty(options.Password) ? null : options.Password,
        FsyncAlways = options.AppendFsync == AppendFsync.Always,
        RewriteMinimumBytes = options.RewriteMinimumBytes,
        PushLimit = options.PushLimitBytes,
        OutputLimit = Math.Clamp(2 * Math.Min(options.MaxMemory, 512L * 1024 * 1024), 64L * 1024 * 1024, 1024L * 1024 * 1024),
    };

    private void Load(EmbeddedRedisOptions options, CancellationToken cancellationToken)
    {
        // The port first: a taken one is found out at once, however much there is to load.
        _listener.Bind();
        if (options.Directory is not null)
        {
            _log = AppendLog.Open(_store, _executor, _store.Settings.Directory, options.Repair, _report, cancellationToken);
            _store.Persistence = _log;
            _store.Effects.IsEnabled = true;
        }

        LoadedKeys = _store.Databases.Sum(d => d.Keys.Count);
        _listener.Listen();
    }

    private void BeforeCompletion()
    {
        _store.Tracking.SendBroadcasts();
        _store.Persistence.Commit();
        _store.Clients.FlushAwaiting();
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(TickInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
                while (await TickOnceAsync().ConfigureAwait(false)) _stopping.Token.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            // The store stops.
        }
    }

    /// <summary><see langword="true"/>: more is to be done at once.</summary>
    private async Task<bool> TickOnceAsync()
    {
        var isMoreDue = false;
        await _executor.RunAsync(() =>
        {
            // A bound for each turn, so that a million keys that end together do not stop everybody.
            isMoreDue = _store.ExpireDue(_store.Now, limit: 2000);
            _store.Effects.Seal(_store.Persistence);
            _log?.Tick();
        }).ConfigureAwait(false);
        return isMoreDue;
    }

    private void Fail(Exception exception)
    {
        if (exception is not StoreDataException) _report($"the store failed and ends: {exception}");
        _completion.TrySetException(new EmbeddedRedisException(exception is StoreDataException ? exception.Message : $"The store failed: {exception.Message}", exception));
        _store.ShutdownRequested();
    }

    private async Task ReleaseAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            // By the executor: clients' commands and a rewrite may still be running.
            await _executor.StopAsync(() => _log?.Close()).ConfigureAwait(false);
        }
        finally
        {
            _log?.Dispose();
            _lock?.Dispose();
            _stopping.Dispose();
        }
    }
}
