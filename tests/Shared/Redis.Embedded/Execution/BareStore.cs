using System.Text;
using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Tests.Execution;

/// <summary>The store without connections and without a tick: time passes when a test says so, and nothing happens between two commands.</summary>
internal sealed class BareStore
{
    private readonly Clock _clock = new();
    private readonly CommandProcessor _processor;
    private long _lastId;

    public BareStore(StoreSettings? settings = null)
    {
        Store = new Store(settings ?? new StoreSettings(), _clock);
        _processor = new CommandProcessor(Store);
    }

    public Store Store { get; }

    public void Pass(TimeSpan time) => _clock.Now += time;

    public Client Connect()
    {
        var connection = new Connection();
        var client = new Client(++_lastId, connection, Store.Databases[0], connection, new ClientMemory(Store.Budget, () => { })) { IsAuthenticated = true };
        Store.Clients.Add(client);
        return client;
    }

    /// <summary>What the client gets for the command: its reply, with messages around it.</summary>
    public string Send(Client client, params string[] command)
    {
        _processor.Process(client, [.. command.Select(Encoding.Latin1.GetBytes)]);
        return ((Connection)client.Output).Take();
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddDays(20_000);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Connection : IClientOutput, IClientConnection
    {
        private readonly StringBuilder _text = new();

        public long Pending => 0;

        public void Append(ByteBuffer buffer) => Append(buffer.Span);

        public void Append(ReadOnlySpan<byte> bytes) => _text.Append(Encoding.Latin1.GetString(bytes));

        public string Take()
        {
            var text = _text.ToString();
            _text.Clear();
            return text;
        }

        public void Close(string reason)
        {
        }

        public void HasPushes(Client client)
        {
        }

        public Task Flush() => Task.CompletedTask;
    }
}
