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

    /// <summary>Starts to send the messages; called when what caused them is in the log.</summary>
    public void FlushAwaiting()
    {
        if (_awaitingFlush.Count == 0) return;
        foreach (var client in _awaitingFlush) client.Connection.Flush();
        _awaitingFlush.Clear();
    }

    public Client? Find(long id) => _clients.GetValueOrDefault(id);
}
