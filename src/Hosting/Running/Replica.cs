using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Aspire.Hosting.Logs;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>
/// One process of a resource: started, watched, started again when it crashes, always with the same name and ports. Commands are carried out
/// one after the other; all members are safe for concurrent use.
/// </summary>
internal sealed class Replica : IDisposable
{
    private readonly ReplicaContext _context;
    private readonly HealthMonitor _health;
    private readonly SemaphoreSlim _commands = new(1, 1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private ReplicaStatus _status = new();
    private IChildProcess? _process;
    private CancellationTokenSource? _supervision;
    private Task _supervisor = Task.CompletedTask;
    private Task _underWay = Task.CompletedTask;
    private int _starts;

    public Replica(IResource resource, int index, string name, ReplicaContext context)
    {
        Resource = resource;
        Index = index;
        Name = name;
        _context = context;
        Log = new(context.Time);
        _health = new(resource, index, context.HealthChecks, context.Time);
    }

    public IResource Resource { get; }

    /// <summary>From 0.</summary>
    public int Index { get; }

    /// <summary>For example <c>cart-2</c>.</summary>
    public string Name { get; }

    public LogRing Log { get; }

    public ReplicaStatus Status => Volatile.Read(ref _status);

    /// <summary>The environment of the process as it was last started.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    /// <summary>Completes when it is healthy for the first time; fails when its process ends before that while the application starts.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Says that it does not run yet, and why.</summary>
    public void MarkWaiting(string reason) => Update(status => status with { State = KnownResourceStates.Waiting, Reason = reason });

    /// <summary>Says that it will not run, and why.</summary>
    public void MarkFailed(string reason)
    {
        Update(status => status with { State = KnownResourceStates.FailedToStart, Reason = reason });
        _ready.TrySetException(new DistributedApplicationException(reason));
    }

    /// <summary>Starts the process; does nothing when it runs. Returns when the process is there, not yet healthy, or when it is certain that there will be none (<see cref="Status"/> says why).</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await CommandAsync(BeginSupervisionAsync, cancellationToken);
        await UnderWayAsync(cancellationToken);
    }

    /// <summary>Ends the process and leaves it ended: asked first, killed when it takes longer than <paramref name="grace"/>.</summary>
    public Task StopAsync(TimeSpan grace, CancellationToken cancellationToken) => CommandAsync(() => EndAsync(grace), cancellationToken);

    /// <summary>Ends and starts the process as one command: no other comes between, and once it has begun it is carried through. Returns when <see cref="StartAsync"/> would.</summary>
    public async Task RestartAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        await CommandAsync(
            async () =>
            {
                await EndAsync(grace);
                await BeginSupervisionAsync();
            },
            cancellationToken);
        await UnderWayAsync(cancellationToken);
    }

    /// <summary>Kills the process as a crash would: it is started again.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Kill()
    {
        lock (_gate)
        {
            _process?.Kill();
            return _process is not null;
        }
    }

    public void Dispose()
    {
        _supervision?.Dispose();
        _commands.Dispose();
    }

    private async Task CommandAsync(Func<Task> command, CancellationToken cancellationToken)
    {
        await _commands.WaitAsync(cancellationToken);
        try
        {
            await command();
        }
        finally
        {
            _commands.Release();
        }
    }

    private async Task BeginSupervisionAsync()
    {
        if (!_supervisor.IsCompleted)
        {
            // A crashed replica that waits for its next start: somebody wants it now.
            if (Status.NextStartAt is null)
                return;
            await EndSupervisionAsync(TimeSpan.Zero);
        }

        _supervision?.Dispose();
        _supervision = new();
        var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _underWay, underWay.Task);
        _supervisor = SuperviseAsync(underWay, _supervision.Token);
    }

    /// <summary>Waits without the command gate: what keeps a start waiting must not keep it from being stopped.</summary>
    private Task UnderWayAsync(CancellationToken cancellationToken) => Volatile.Read(ref _underWay).WaitAsync(cancellationToken);

    private async Task EndAsync(TimeSpan grace)
    {
        await EndSupervisionAsync(grace);
        if (Status.State is not (nameof(KnownResourceStates.Finished) or nameof(KnownResourceStates.FailedToStart)))
            Update(status => status with { State = KnownResourceStates.Exited, Reason = null, NextStartAt = null });
    }

    private async Task EndSupervisionAsync(TimeSpan grace)
    {
        if (_supervisor.IsCompleted)
            return;
        await _supervision!.CancelAsync();
        Task exited = Task.CompletedTask;
        lock (_gate)
        {
            if (_process is not null)
            {
                Update(status => status with { State = KnownResourceStates.Stopping, Health = null });
                exited = _process.Exited;
                _process.Terminate();
            }
        }

        await exited.WaitAsync(grace, _context.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!exited.IsCompleted)
        {
            Note(LogLevel.Warning, $"did not end within {grace.TotalSeconds:0.#} s and is killed");
            Kill();
        }

        await _supervisor;
    }

    private async Task SuperviseAsync(TaskCompletionSource underWay, CancellationToken stop)
    {
        // The caller holds the command gate; everything below is work of its own.
        await Task.Yield();
        try
        {
            await KeepRunningAsync(underWay, stop);
        }
        finally
        {
            underWay.TrySetResult();
        }
    }

    private async Task KeepRunningAsync(TaskCompletionSource underWay, CancellationToken stop)
    {
        var backoff = new Backoff();
        while (!stop.IsCancellationRequested)
        {
            var startedAt = _context.Time.GetTimestamp();
            int code;
            try
            {
                code = await RunOnceAsync(underWay, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (DistributedApplicationException exception)
            {
                Note(LogLevel.Error, exception.Message);
                MarkFailed(exception.Message);
                return;
            }

            if (stop.IsCancellationRequested)
            {
                ShowEnd(code);
                return;
            }

            if (_context.StaysDown(Resource, code))
            {
                ShowEnd(code);
                if (code == 0)
                    Update(status => status with { State = KnownResourceStates.Finished });
                _ready.TrySetResult();
                return;
            }

            if (!_ready.Task.IsCompleted && _context.IsStarting())
            {
                ShowEnd(code);
                MarkFailed(StartFailure.Describe(this, code));
                return;
            }

            var pause = backoff.Next(_context.Time.GetElapsedTime(startedAt));
            Note(LogLevel.Warning, $"{ExitCodes.Describe(code)}; it is started again in {pause.TotalSeconds:0.#} s");
            // In one step: who saw it down without its next start, and wanted it, would be taken for having it already.
            ShowEnd(code, _context.Time.GetUtcNow() + pause);
            await Task.Delay(pause, _context.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> RunOnceAsync(TaskCompletionSource underWay, CancellationToken stop)
    {
        Update(status => status with { State = KnownResourceStates.Starting, Reason = null, NextStartAt = null, ExitCode = null, Health = null });
        var spec = await _context.PrepareAsync(this, stop);
        Environment = spec.Environment;
        using var process = _context.Launcher.Start(spec);
        lock (_gate)
        {
            _process = process;
            if (stop.IsCancellationRequested)
                process.Kill();
        }

        Update(status => status with
        {
            State = KnownResourceStates.Running,
            Health = _health.HasChecks ? HealthStatus.Unhealthy : HealthStatus.Healthy,
            Reason = _health.HasChecks ? "not checked yet" : null,
            ProcessId = process.Id,
            StartedAt = _context.Time.GetUtcNow(),
            StoppedAt = null,
            Restarts = _starts++,
        });
        underWay.TrySetResult();
        using var ended = new CancellationTokenSource();
        var output = ReadOutputAsync(process, ended.Token);
        var health = _health.HasChecks ? _health.RunAsync(ReportHealth, ended.Token) : Task.CompletedTask;
        var code = await process.Exited;
        lock (_gate)
            _process = null;

        // What it said last explains how it ended. A grandchild may hold the pipe open for ever.
        await output.WaitAsync(TimeSpan.FromSeconds(1), _context.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ended.CancelAsync();
        await health;
        await output.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return code;
    }

    private void ShowEnd(int code, DateTimeOffset? nextStartAt = null) => Update(status => status with
    {
        State = KnownResourceStates.Exited,
        Health = null,
        ProcessId = null,
        ExitCode = code,
        StoppedAt = _context.Time.GetUtcNow(),
        Reason = ExitCodes.Describe(code),
        NextStartAt = nextStartAt,
    });

    private Task ReadOutputAsync(IChildProcess process, CancellationToken cancellationToken) => Task.WhenAll(
        new OutputReader(isError: false, Write).ReadAsync(process.Output, cancellationToken),
        new OutputReader(isError: true, Write).ReadAsync(process.Error, cancellationToken));

    private void ReportHealth(HealthStatus health, string? reason)
    {
        lock (_gate)
        {
            if (_process is null || Status.State != KnownResourceStates.Running || (Status.Health == health && Status.Reason == reason))
                return;
            Update(status => status with { Health = health, Reason = reason });
        }
    }

    private void Write(LogLevel level, bool isError, string text) => _context.OnLine(this, Log.Add(level, isError, text));

    private void Note(LogLevel level, string text) => Write(level, isError: false, $"[runner] {Name} {text}");

    private void Update(Func<ReplicaStatus, ReplicaStatus> change)
    {
        lock (_gate)
        {
            Volatile.Write(ref _status, change(_status));
            if (_status.IsReady)
                _ready.TrySetResult();
            _context.OnChange(this);
        }
    }
}
