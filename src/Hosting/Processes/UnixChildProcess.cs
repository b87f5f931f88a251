using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Aspire.Hosting.Processes;

[UnsupportedOSPlatform("windows")]
internal sealed class UnixChildProcess : IChildProcess
{
    private const int WaiterStackBytes = 128 * 1024;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AnonymousPipeServerStream _input, _output, _error;
    private bool _reaped;

    private UnixChildProcess(int id, AnonymousPipeServerStream input, AnonymousPipeServerStream output, AnonymousPipeServerStream error)
    {
        Id = id;
        _input = input;
        _output = output;
        _error = error;
    }

    public int Id { get; }

    public Stream Output => _output;

    public Stream Error => _error;

    public Task<int> Exited => _exited.Task;

    /// <param name="spec">What to start.</param>
    /// <param name="processGroup">The group to join; 0: one of its own.</param>
    /// <param name="keepInputOpen">Whether the child's input stays open until <see cref="Dispose"/>.</param>
    public static UnixChildProcess Spawn(ProcessSpec spec, int processGroup, bool keepInputOpen)
    {
        var input = new AnonymousPipeServerStream(PipeDirection.Out);
        var output = new AnonymousPipeServerStream(PipeDirection.In);
        var error = new AnonymousPipeServerStream(PipeDirection.In);
        try
        {
            var id = PosixSpawn.Start(spec, processGroup, input.ClientSafePipeHandle, output.ClientSafePipeHandle, error.ClientSafePipeHandle);
            var child = new UnixChildProcess(id, input, output, error);
            child.WatchForExit();
            Close(input.ClientSafePipeHandle, output.ClientSafePipeHandle, error.ClientSafePipeHandle);
            child.Feed(spec.StandardInput, keepInputOpen);
            return child;
        }
        catch
        {
            input.Dispose();
            output.Dispose();
            error.Dispose();
            throw;
        }
    }

    public void Terminate() => Signal(PosixSpawn.SigTerm);

    public void Kill() => Signal(PosixSpawn.SigKill);

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    /// <summary>Never after the process was reaped: its id may belong to another one then.</summary>
    private void Signal(int signal)
    {
        lock (_gate)
            if (!_reaped)
                PosixSpawn.Kill(Id, signal);
    }

    private void Feed(string text, bool keepOpen)
    {
        try
        {
            if (text.Length > 0)
                _input.Write(Encoding.UTF8.GetBytes(text));
            if (!keepOpen)
                _input.Dispose();
        }
        catch (IOException)
        {
            // The process ended without reading; its exit code and output say why.
        }
    }

    /// <summary>A thread of its own waits in the kernel: no signal handler that others in this process could disturb, no polling.</summary>
    private void WatchForExit() => new Thread(WaitForExit, WaiterStackBytes) { IsBackground = true, Name = $"wait for {Id}" }.Start();

    private void WaitForExit()
    {
        // First without reaping: as long as the process is a zombie its id is safe to signal.
        PosixSpawn.WaitUntilZombie(Id);
        int code;
        lock (_gate)
        {
            code = PosixSpawn.Reap(Id);
            _reaped = true;
        }

        _exited.SetResult(code);
    }

    private static void Close(params ReadOnlySpan<SafePipeHandle> handles)
    {
        foreach (var handle in handles)
            handle.Dispose();
    }
}
