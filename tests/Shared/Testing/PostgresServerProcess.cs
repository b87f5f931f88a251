using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace ShopSession.Testing;

/// <summary>A private, real PostgreSQL server on a free loopback port with a data folder of its own.</summary>
public sealed class PostgresServerProcess : IAsyncDisposable
{
    private const string User = "shop";

    private readonly string _programs;
    private Process? _process;

    private PostgresServerProcess(string programs)
    {
        _programs = programs;
        Folder = Directory.CreateTempSubdirectory("shop-postgres-").FullName;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The port; the same after a restart.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>The folder of data and log; removed on disposal.</summary>
    public string Folder { get; }

    /// <summary>Starts a server and waits until it answers. Skips the test, with the reason, where PostgreSQL is not installed.</summary>
    public static async Task<PostgresServerProcess> StartAsync(CancellationToken cancellationToken = default)
    {
        var programs = FindPrograms();
        if (programs is null) Assert.Skip("PostgreSQL's server programs (initdb, postgres) are not installed. Install them (Debian: postgresql) to run this test.");
        var server = new PostgresServerProcess(programs!);
        try
        {
            // The server refuses to run as root, so its folder belongs to whoever runs it.
            if (Environment.IsPrivilegedProcess) await RunAsync("chown", ["postgres", server.Folder], cancellationToken).ConfigureAwait(false);
            await server.RunProgramAsync("initdb", ["--pgdata", Path.Combine(server.Folder, "data"), "--username", User, "--auth", "trust", "--no-sync", "--encoding", "UTF8"], cancellationToken).ConfigureAwait(false);
            await server.LaunchAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A connection string to <paramref name="database"/>, which need not exist yet.</summary>
    // The time limit holds for a place in the pool too, for which two hundred callers at once wait on a busy machine.
    public string ConnectionString(string database) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={User};Database={database};Timeout=60");

    /// <summary>Ends the server at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts the server again on the same port and data, killing it first if it runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await KillAsync().ConfigureAwait(false);
        // It still says "ready" of the killed one.
        File.Delete(Path.Combine(Folder, "data", "postmaster.pid"));
        await LaunchAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await KillAsync().ConfigureAwait(false);
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private static string? FindPrograms()
    {
        string[] debian = Directory.Exists("/usr/lib/postgresql") ? [.. Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))] : [];
        return debian.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await output.ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed: {error}");
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
    }

    private Task RunProgramAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var (name, all) = AsServerUser(program, arguments);
        return RunAsync(name, all, cancellationToken);
    }

    private (string Program, IEnumerable<string> Arguments) AsServerUser(string program, IEnumerable<string> arguments)
    {
        var path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", path, .. arguments])
            : (path, arguments);
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        string[] settings = ["-D", Path.Combine(Folder, "data"), "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", Folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "logging_collector=off"];
        var (program, arguments) = AsServerUser("postgres", settings);
        _process = Start(program, arguments);
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Poll.UntilAsync(IsReadyAsync, TimeSpan.FromSeconds(60), $"PostgreSQL takes clients on port {Port}", cancellationToken).ConfigureAwait(false);
    }

    // A listening server still refuses everybody until it has recovered. Like pg_ctl: the lock file's eighth line says when it takes clients.
    private async Task<bool> IsReadyAsync()
    {
        if (_process is not { HasExited: false }) throw new InvalidOperationException("PostgreSQL ended at its start.");
        var file = Path.Combine(Folder, "data", "postmaster.pid");
        if (!File.Exists(file)) return false;
        var lines = await File.ReadAllLinesAsync(file).ConfigureAwait(false);
        return lines is [_, _, _, _, _, _, _, var status, ..] && status.Trim() == "ready";
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        if (_process is { HasExited: false } process) process.Kill(entireProcessTree: true);
    }
}
