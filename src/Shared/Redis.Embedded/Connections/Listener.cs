using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ShopSession.Redis.Embedded.Execution;

namespace ShopSession.Redis.Embedded.Connections;

/// <summary>Accepts connections, as many as are allowed, and ends them all.</summary>
internal sealed class Listener(IPEndPoint endPoint, Store store, CommandProcessor processor, SerialExecutor executor, Action<string> report) : IAsyncDisposable
{
    private const int Backlog = 511;
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, (ClientConnection Connection, Task Loop)> _connections = new();
    private readonly Socket _socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    private long _lastId;

    /// <exception cref="EmbeddedRedisException">The port is taken or must not be used.</exception>
    public void Bind()
    {
        try
        {
            _socket.Bind(endPoint);
            store.Settings.Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        }
        catch (SocketException e)
        {
            throw CannotListen(e);
        }
    }

    /// <exception cref="EmbeddedRedisException">The port is taken.</exception>
    public void Listen()
    {
        try
        {
            _socket.Listen(Backlog);
        }
        catch (SocketException e)
        {
            throw CannotListen(e);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Accept(await _socket.AcceptAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e) when (!cancellationToken.IsCancellationRequested)
            {
                // The client left before it was accepted, or there are no file handles left: others may still come.
                report($"a connection could not be accepted: {e.Message}");
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Stops listening and cuts all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        var open = _connections.Values.ToArray();
        foreach (var (connection, _) in open) connection.Abort();
        await Task.WhenAny(Task.WhenAll(open.Select(c => c.Loop)), Task.Delay(CloseLimit)).ConfigureAwait(false);
    }

    private void Accept(Socket socket)
    {
        try
        {
            Serve(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Serve(Socket socket)
    {
        if (_connections.Count >= store.Settings.MaxClients)
        {
            store.Statistics.RejectedConnections++;
            Reject(socket);
            return;
        }

        store.Statistics.Connections++;
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        var connection = new ClientConnection(socket, ++_lastId, store, processor, executor, report);
        executor.Post(() => store.Clients.Add(connection.Client));
        // Entered before it runs, so that its end always finds it.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection.Client.Id] = (connection, ended.Task);
        _ = Task.Run(async () =>
        {
            try
            {
                await connection.RunAsync().ConfigureAwait(false);
            }
            finally
            {
                _connections.TryRemove(connection.Client.Id, out _);
                ended.SetResult();
            }
        });
    }

    private static void Reject(Socket socket)
    {
        try
        {
            socket.Blocking = false;
            socket.Send("-ERR max number of clients reached\r\n"u8);
        }
        catch (SocketException)
        {
            // It is refused anyway.
        }

        socket.Dispose();
    }

    private EmbeddedRedisException CannotListen(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => new($"The port {endPoint.Port} on {endPoint.Address} is taken by another program. Stop that one or choose another port with --port.", e),
        SocketError.AccessDenied => new($"The port {endPoint.Port} may not be used by this user. Choose one above 1023 with --port.", e),
        _ => new($"Listening on {endPoint} is not possible: {e.Message}", e),
    };
}
