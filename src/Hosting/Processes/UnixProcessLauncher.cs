using System.Runtime.Versioning;

namespace Aspire.Hosting.Processes;

/// <summary>
/// Starts processes with <c>posix_spawn</c> in one process group of their own. The group's leader is a guardian, a shell that reads a pipe
/// whose only writer is this process: when this process ends, in whatever way, the pipe ends and the guardian ends the group. Nothing has to
/// be registered, so there is no moment in which a child could be missed, and grandchildren are covered.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixProcessLauncher : IProcessLauncher
{
    // TERM first, so that stores write what they have; whoever is left after two seconds is killed, the guardian included.
    private const string GuardianScript =
        "trap '' TERM INT HUP QUIT; while read -r line; do :; done; kill -TERM 0; sleep 2; kill -KILL 0";

    private readonly Lock _gate = new();
    private UnixChildProcess? _guardian;
    private int _group;
    private bool _disposed;

    public IChildProcess Start(ProcessSpec spec)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            EnsureGuardian();
            return UnixChildProcess.Spawn(spec, _group, keepInputOpen: false);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            if (_group > 0)
                PosixSpawn.Kill(-_group, PosixSpawn.SigKill);
            _guardian?.Dispose();
        }
    }

    private void EnsureGuardian()
    {
        if (_guardian is { Exited.IsCompleted: false })
            return;
        _guardian?.Dispose();
        _guardian = SpawnGuardian();
        _ = ReplaceWhenGoneAsync(_guardian);
    }

    private UnixChildProcess SpawnGuardian()
    {
        var environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" };
        var spec = new ProcessSpec("/bin/sh", ["-c", GuardianScript, "runner-guardian"], "/", environment);
        try
        {
            return SpawnInto(_group);
        }
        catch (DistributedApplicationException) when (_group > 0)
        {
            // The old group is gone, for no process was left in it.
            return SpawnInto(0);
        }

        UnixChildProcess SpawnInto(int group)
        {
            var guardian = UnixChildProcess.Spawn(spec, group, keepInputOpen: true);
            _group = group > 0 ? group : guardian.Id;
            return guardian;
        }
    }

    /// <summary>Somebody may kill the guardian: a new one joins the group, which lives on as long as there is a process in it.</summary>
    private async Task ReplaceWhenGoneAsync(UnixChildProcess guardian)
    {
        await guardian.Exited;
        lock (_gate)
            if (!_disposed)
                EnsureGuardian();
    }
}
