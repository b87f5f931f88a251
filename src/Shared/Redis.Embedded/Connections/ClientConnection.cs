using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Connections;

/// <summary>
/// One client's socket: receives, has whole commands executed, sends. The next bytes are read only when the commands before have been
/// executed, and not while too many replies wait: a client that does not read is not read from either.
/// </summary>
internal sealed class ClientConnection : IWorkItem, IValueTaskSource, IClientConnection
{
    private const int CommandsPerTurn = 256;
    private const long OutputBeforeWaiting = 8 * 1024 * 1024;

    private static readonly TimeSpan PushPatience = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly Store _store;
    private readonly CommandProcessor _processor;
    private readonly SerialExecutor _executor;
    private readonly Action<string> _report;
    private readonly CommandReader _reader;
    private readonly OutputBuffer _output;
    private readonly List<byte[][]> _commands = [];
    private ManualResetValueTaskSourceCore<bool> _turn = new() { RunContinuationsAsynchronously = true };
    private Task _pushes = Task.CompletedTask;
    private string? _protocolError;
    private int _executed;
    private bool _hasWritten;
    private int _isAborted;

    public ClientConnection(Socket socket, long id, Store store, CommandProcessor processor, SerialExecutor executor, Action<string> report)
    {
        (_socket, _store, _processor, _executor, _report) = (socket, store, processor, executor, report);
        var memory = new ClientMemory(store.Budget, () => Cut("the memory of clients is used up and it held the most"));
        _reader = new CommandReader(new ProtocolLimits(store.Settings.MaxBulkBytes, 1024 * 1024, 1024L * 1024 * 1024), memory);
        _output = new OutputBuffer(socket, new ClientMemory(store.OutputBudget, () => Cut(OutputBuffer.UsedUp)), Cut);
        Client = new Client(id, _output, store.Databases[0], this, memory)
        {
            Address = socket.RemoteEndPoint?.ToString() ?? "",
            LocalAddress = socket.LocalEndPoint?.ToString() ?? "",
            ConnectedAt = store.Now,
            LastInteraction = store.Now,
            IsAuthenticated = store.Settings.Password is null,
        };
    }

    public Client Client { get; }

    private bool IsAborted => Volatile.Read(ref _isAborted) != 0;

    /// <summary>Serves the client until it leaves or is closed.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!Client.IsClosing)
            {
                var received = await _socket.ReceiveAsync(_reader.GetReceiveMemory(), SocketFlags.None).ConfigureAwait(false);
                if (received == 0) break;
                await ServeAsync(received).ConfigureAwait(false);
            }

            // What was replied last, to QUIT or about a broken protocol, still goes out.
            await _output.FlushAsync().WaitAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException or TimeoutException)
        {
            // The client went away or was closed; there is nobody left to tell.
        }
        finally
        {
            await _executor.RunAsync(Leave).ConfigureAwait(false);
            Abort();
            _output.Close();
            _reader.Release();
            Client.Memory.Release();
        }
    }

    /// <summary>Cuts the connection from any thread. The loop of <see cref="RunAsync"/> notices.</summary>
    public void Abort()
    {
        if (Interlocked.Exchange(ref _isAborted, 1) == 0) _socket.Dispose();
    }

    void IClientConnection.Close(string reason) => Cut(reason);

    void IClientConnection.HasPushes(Client client) => _store.Clients.AwaitFlush(client);

    // Here and now, without waiting: the message that a key has changed is on its way before the one who changed it has the answer, or that one could tell somebody who then reads the old value
    // from memory. What the socket does not take at once follows by itself.
    Task IClientConnection.Flush() => _output.FlushAsync();

    void IWorkItem.Execute()
    {
        Client.LastInteraction = _store.Now;
        var logged = _store.Persistence.Size;
        while (_executed < _commands.Count && !Client.IsClosing && _output.Pending < OutputBeforeWaiting)
            _processor.Process(Client, Take());
        _hasWritten = _store.Persistence.Size != logged;
        if (Client.IsClosing) _executed = _commands.Count;
        if (_executed == _commands.Count && _protocolError is not null && !Client.IsClosing) RejectStream();
    }

    void IWorkItem.Complete()
    {
        // What is not in the log must not be confirmed. Without an answer the client knows that it does not know.
        _pushes = _store.Clients.Flushed;
        if (_hasWritten && _store.Persistence.WriteError is { } error) Cut($"its writes could not be logged ({error})");
        _turn.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token)
    {
        _turn.GetResult(token);
        _turn.Reset();
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _turn.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _turn.OnCompleted(continuation, state, token, flags);

    private void Cut(string reason)
    {
        if (!IsAborted) _report($"client {Client.Id} ({Client.Address}) was disconnected: {reason}");
        Abort();
    }

    private async ValueTask ServeAsync(int received)
    {
        var isMore = Receive(received);
        while (_commands.Count > 0 || _protocolError is not null)
        {
            // Nothing more is done for a client that was cut, or when the store has stopped.
            while (!IsAborted && (_executed < _commands.Count || _protocolError is not null))
            {
                var turn = new ValueTask(this, _turn.Version);
                _executor.Post(this);
                await turn.ConfigureAwait(false);
                if (!_pushes.IsCompleted) await AwaitPushesAsync().ConfigureAwait(false);
                _protocolError = _executed == _commands.Count ? null : _protocolError;
                var sent = _output.FlushAsync();
                if (_output.Pending >= OutputBeforeWaiting) await sent.ConfigureAwait(false);
            }

            _commands.Clear();
            _executed = 0;
            _reader.Executed();
            if (!isMore || Client.IsClosing || IsAborted) return;
            isMore = Parse();
        }
    }

    private async Task AwaitPushesAsync()
    {
        try
        {
            await _pushes.WaitAsync(PushPatience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Who does not read what is sent must not hold up those who write.
        }
    }

    private bool Receive(int received)
    {
        _reader.Received(received);
        return Parse();
    }

    /// <summary>The next command. It is not kept here any longer: while replies wait, what was executed must not hold memory.</summary>
    private byte[][] Take()
    {
        var command = _commands[_executed];
        _commands[_executed++] = [];
        return command;
    }

    /// <summary><see langword="true"/>: there may be more commands in what was received.</summary>
    private bool Parse()
    {
        try
        {
            _reader.IsAuthenticated = Client.IsAuthenticated;
            // Before authentication one command at a time: the one after AUTH may be large.
            var limit = Client.IsAuthenticated ? CommandsPerTurn : 1;
            while (_commands.Count < limit && _reader.TryRead() is { } command) _commands.Add(command);
            return _commands.Count == limit;
        }
        catch (ProtocolException e)
        {
            _protocolError = e.Message;
            return false;
        }
    }

    private void RejectStream()
    {
        _output.Append(System.Text.Encoding.UTF8.GetBytes($"-ERR {_protocolError}\r\n"));
        Client.IsClosing = true;
    }

    private void Leave()
    {
        Client.IsClosing = true;
        Client.Transaction?.Release();
        _store.Watches.UnwatchAll(Client);
        _store.PubSub.UnsubscribeAll(Client);
        _store.Tracking.Disable(Client);
        _store.Clients.Remove(Client);
    }
}
