using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace ShopSession.Testing;

/// <summary>A private, real <c>redis-server</c> (or <c>valkey-server</c>) on a free loopback port with a data folder of its own.</summary>
public sealed class RedisServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly RedisServerOptions _options;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private RedisServerProcess(RedisServerOptions options, int port)
    {
        _options = options;
        Port = port;
        BusPort = options.Cluster ? FreePort.Next() : 0;
        Folder = Directory.CreateTempSubdirectory("shop-redis-").FullName;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The port; the same after a restart.</summary>
    public int Port { get; }

    /// <summary>The port that the nodes of a cluster talk to one another on.</summary>
    public int BusPort { get; }

    /// <summary>The data folder; removed on disposal.</summary>
    public string Folder { get; }

    /// <summary>The server's process id.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>Whether the process lives (a paused one does).</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The certificate's PEM file of a TLS server, to be trusted by clients.</summary>
    public string CertificateFile => Path.Combine(Folder, "server.crt");

    /// <summary>The connection string in StackExchange form.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}")
        + (_options.Password is null ? "" : $",password={_options.Password}") + (_options.Tls ? ",ssl=true" : "");

    /// <summary>Makes the running test skip, with the reason, when there is no server on the PATH.</summary>
    public static void RequireRedisServer() => RedisServerExecutable.Require();

    /// <summary>Starts a server and waits until it answers. Skips the test when there is none on the PATH.</summary>
    public static async Task<RedisServerProcess> StartAsync(
        RedisServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        RequireRedisServer();
        for (var attempt = 1; ; attempt++)
        {
            var server = new RedisServerProcess(options ?? new RedisServerOptions(), FreePort.Next());
            try
            {
                await server.LaunchAsync(cancellationToken).ConfigureAwait(false);
                return server;
            }
            catch (InvalidOperationException) when (attempt < 5)
            {
                // Another process was faster and took the port: once more with another one.
                await server.DisposeAsync().ConfigureAwait(false);
            }
            catch
            {
                await server.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Ends the process at once (SIGKILL) and waits for its end.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Freezes the process (SIGSTOP): connections stay open, nothing answers.</summary>
    public void Pause() => Signals.Pause(ProcessId);

    /// <summary>Lets the frozen process go on.</summary>
    public void Resume() => Signals.Resume(ProcessId);

    /// <summary>Starts the server again on the same port and data, killing it first if it runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await KillAsync().ConfigureAwait(false);
        await LaunchAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a plain connection that does not use the client under test.</summary>
    public Task<RawRedis> ConnectAsync(CancellationToken cancellationToken = default) =>
        RawRedis.ConnectAsync(Port, _options.Password, _options.Tls, cancellationToken);

    /// <summary>Sends one command over a connection of its own; see <see cref="RawRedis.SendAsync"/> for the form of the reply.</summary>
    public async Task<string> SendAsync(params string[] command)
    {
        await using var raw = await ConnectAsync().ConfigureAwait(false);
        return await raw.SendAsync(command).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await KillAsync().ConfigureAwait(false);
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        _process = RedisServerExecutable.Start(_options, Port, BusPort, Folder, _output);
        await Poll.UntilAsync(AnswersAsync, StartLimit, $"redis-server answers on port {Port}", cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> AnswersAsync()
    {
        if (!IsRunning) throw new InvalidOperationException($"redis-server ended at its start:\n{string.Join('\n', _output)}");
        try
        {
            await using var raw = await ConnectAsync().ConfigureAwait(false);
            // The process id rules out that some other server answers on this port.
            var info = await raw.SendAsync(["INFO", "server"]).ConfigureAwait(false);
            return info.Contains(string.Create(CultureInfo.InvariantCulture, $"process_id:{ProcessId}\r"), StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
        catch (InvalidOperationException e) when (e.Message.StartsWith("LOADING", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        if (_process is { HasExited: false } process) process.Kill();
    }
}
