using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ShopSession.Testing;

/// <summary>
/// A TCP proxy on loopback that misbehaves on demand, to put faults between a client and a server. It starts in passing mode;
/// every change applies at once, to open connections too.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly EndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpProxyConnection, bool> _connections = new();
    private readonly Task _accepting;
    private volatile TcpProxyFault _fault = new();
    private int _accepted;

    private TcpProxy(TcpListener listener, EndPoint target)
    {
        _listener = listener;
        _target = target;
        _accepting = AcceptAsync();
    }

    /// <summary>The port on 127.0.0.1 that clients connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were accepted since the start.</summary>
    public int AcceptedConnections => Volatile.Read(ref _accepted);

    /// <summary>How many connections are open.</summary>
    public int OpenConnections => _connections.Count;

    internal TcpProxyFault Fault => _fault;

    /// <summary>Starts a proxy in front of a port on 127.0.0.1.</summary>
    public static TcpProxy Start(int targetPort)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new TcpProxy(listener, new IPEndPoint(IPAddress.Loopback, targetPort));
    }

    /// <summary>Passes everything on; bytes held back by <see cref="BlackHole"/> flow again, as after a healed network.</summary>
    public void Pass() => _fault = new();

    /// <summary>Every piece arrives this much later, in each direction; throughput stays what it was.</summary>
    public void Delay(TimeSpan delay) => _fault = new() { Delay = delay };

    /// <summary>Passes nothing on, in one direction or both, while connections stay open: a silent half-open peer.</summary>
    public void BlackHole(bool toServer = true, bool toClient = true) =>
        _fault = new() { HoldToServer = toServer, HoldToClient = toClient };

    /// <summary>Lets the connections of now pass nothing on any more, without a word, as behind a firewall that has forgotten them. New ones pass.</summary>
    public void Freeze()
    {
        foreach (var connection in _connections.Keys) connection.IsFrozen = true;
    }

    /// <summary>Waits this long after each 16 kB on their way to the server: a slow line, for connections that are made from now on.</summary>
    public void Slow(TimeSpan pause) => _fault = new() { Pause = pause };

    /// <summary>Breaks all open connections with RST. New ones pass.</summary>
    public void Reset()
    {
        foreach (var connection in _connections.Keys) connection.Reset();
    }

    /// <summary>Breaks open connections, and new ones as soon as they are accepted, with RST.</summary>
    public void Refuse()
    {
        _fault = new() { Refuse = true };
        Reset();
    }

    /// <summary>Passes <paramref name="bytes"/> more bytes to each client, then breaks its connection.</summary>
    public void CutAfter(long bytes) => _fault = new() { CutAfter = bytes };

    /// <summary>Inverts the bits of every <paramref name="interval"/>-th byte that goes to the client.</summary>
    public void Corrupt(int interval) => _fault = new() { CorruptInterval = interval };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        Reset();
        await _accepting.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return; // The proxy is being disposed of.
            }

            Interlocked.Increment(ref _accepted);
            var connection = new TcpProxyConnection(this, client, _target);
            _connections[connection] = true;
            _ = RunAsync(connection);
        }
    }

    private async Task RunAsync(TcpProxyConnection connection)
    {
        await connection.RunAsync(_stop.Token).ConfigureAwait(false);
        _connections.TryRemove(connection, out _);
    }
}
