namespace ShopSession.Redis.Embedded.Connections;

/// <summary>The clients by their ids, which are never given twice.</summary>
internal sealed class ClientRegistry
{
    private readonly SortedDictionary<long, Client> _clients = [];
    private readonly HashSet<Client> _awaitingFlush = [];

    public int Count => _clients.Count;

    /// <summary>Those that are connected; one that is being cut no longer counts, though its end may still have to be worked off.</summary>
    public IEnumerable<Client> All => _clients.Values.Where(c => !c.IsClosing);

    public void Add(Client client) => _clients.Add(client.Id, client);

    public void Remove(Client client)
    {
        _clients.Remove(client.Id);
    }

    /// <summary>The client got messages that its own commands do not send off.</summary>
    public void AwaitFlush(Client client) => _awaitingFlush.Add(client);

    /// <summary>Ends when the messages of the round before were sent; done already, but for a client that was being sent something else just then.</summary>
    public Task Flushed { get; private set; } = Task.CompletedTask;

    /// <summary>Sends the messages; called once a round, when what caused them is in the log.</summary>
    public void FlushAwaiting()
    {
        Flushed = Task.CompletedTask;
        if (_awaitingFlush.Count == 0) return;
        foreach (var client in _awaitingFlush)
        {
            var sent = client.Connection.Flush();
            if (!sent.IsCompleted) Flushed = Flushed.IsCompleted ? sent : Task.WhenAll(Flushed, sent);
        }

        _awaitingFlush.Clear();
    }

    public Client? Find(long id) => _clients.GetValueOrDefault(id);
}
