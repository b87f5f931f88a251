using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ShopSession.Redis.Embedded.Tests.Wire;
using ShopSession.Testing;

namespace ShopSession.Redis.Embedded.Tests.Processes;

/// <summary>The store as the program that the runner starts.</summary>
internal sealed class EmbeddedProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private EmbeddedProcess(string[] arguments)
        : this(Program, arguments)
    {
    }

    private EmbeddedProcess(string program, string[] arguments, string? password = null, bool readsErrors = true, int heapMegabytes = 0)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Otherwise the runtime needs a file itself, larger than the tests of a full disk allow.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        if (heapMegabytes > 0) start.Environment["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"{heapMegabytes * 1024L * 1024:X}");
        if (password is not null) start.Environment["Store__Password"] = password;
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        if (readsErrors) _process.BeginErrorReadLine();
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "ShopSession.Redis.Embedded.exe" : "ShopSession.Redis.Embedded");

    public int Port { get; private set; }

    public int ProcessId => _process.Id;

    public IReadOnlyCollection<string> Output => _output;

    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Starts it on a free port and waits for its line.</summary>
    public static Task<EmbeddedProcess> StartAsync(params string[] arguments) => WaitUntilReadyAsync(new EmbeddedProcess(["--port", "0", .. arguments]));

    /// <summary>Starts it with a password in its environment.</summary>
    public static Task<EmbeddedProcess> StartWithPasswordAsync(string password, params string[] arguments) =>
        WaitUntilReadyAsync(new EmbeddedProcess(Program, ["--port", "0", .. arguments], password));

    /// <summary>Starts it with a limit on the size of its files, which to it is a full disk.</summary>
    public static Task<EmbeddedProcess> StartOnFullDiskAsync(int blocks, params string[] arguments) => WaitUntilReadyAsync(
        new EmbeddedProcess("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\""), Program, "--port", "0", .. arguments]));

    /// <summary>Starts it with a limit on its heap, beyond which the runtime ends it: what it holds is measured by that, and not by when the garbage collector came by.</summary>
    public static Task<EmbeddedProcess> StartWithHeapAsync(int megabytes, params string[] arguments) =>
        WaitUntilReadyAsync(new EmbeddedProcess(Program, ["--port", "0", .. arguments], heapMegabytes: megabytes));

    /// <summary>Starts it without ever reading its error output.</summary>
    public static Task<EmbeddedProcess> StartUnreadAsync(params string[] arguments) =>
        WaitUntilReadyAsync(new EmbeddedProcess(Program, ["--port", "0", .. arguments], readsErrors: false));

    /// <summary>Starts it with a limit on its open files.</summary>
    public static Task<EmbeddedProcess> StartWithFewFilesAsync(int files, params string[] arguments) => WaitUntilReadyAsync(
        new EmbeddedProcess("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"ulimit -n {files}; exec \"$0\" \"$@\""), Program, "--port", "0", .. arguments]));

    private static async Task<EmbeddedProcess> WaitUntilReadyAsync(EmbeddedProcess process)
    {
        try
        {
            await Poll.UntilAsync(() => process.IsReady() || process._process.HasExited, TimeSpan.FromSeconds(60), "the store is ready", TestContext.Current.CancellationToken);
            Assert.False(process._process.HasExited, string.Join('\n', process._errors));
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it to its end, which is expected to come soon.</summary>
    public static async Task<(int ExitCode, string Errors)> RunAsync(params string[] arguments)
    {
        await using var process = new EmbeddedProcess(arguments);
        var code = await process.WaitAsync(TimeSpan.FromSeconds(60));
        return (code, string.Join('\n', process._errors));
    }

    public Task<RespClient> ConnectAsync(int protocol = 2) => RespClient.ConnectAsync(Port, protocol);

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks it to end, as the runner does.</summary>
    public void Terminate() => Assert.Equal(0, Kill(_process.Id, 15));

    public async Task<int> WaitAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private bool IsReady()
    {
        if (_output.FirstOrDefault(l => l.Contains("ready on", StringComparison.Ordinal)) is not { } line) return false;
        Port = int.Parse(line.Split("ready on ")[1].Split(' ')[0].Split(':')[^1], CultureInfo.InvariantCulture);
        return true;
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
