namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>
/// The memory that all clients together may hold without storing anything: in one budget commands that are not finished or not executed, queued
/// transactions, what they watch and listen to; in another replies that are not sent. When it is used up the one who holds the most has to go, so that few who hold much never
/// keep the others from being served. Safe for concurrent use.
/// </summary>
internal sealed class ClientBudget(long limit)
{
    private readonly Lock _lock = new();
    private readonly HashSet<ClientMemory> _holders = [];
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    /// <summary><see langword="false"/>: the budget is used up and this client would hold the most, or it has been told to go already.</summary>
    public bool TryChange(ClientMemory client, long delta)
    {
        ClientMemory? evicted = null;
        lock (_lock)
        {
            if (client.IsEvicted) return delta <= 0;
            if (delta > 0 && _used + delta > limit)
            {
                // It holds more than is asked for: one is always enough.
                evicted = _holders.MaxBy(h => h.Held);
                if (evicted is null || evicted == client || evicted.Held <= client.Held + delta) return false;
                GiveBack(evicted);
                evicted.IsEvicted = true;
            }

            _used += delta;
            client.Held += delta;
            if (client.Held > 0) _holders.Add(client);
            else _holders.Remove(client);
        }

        evicted?.OnEvicted();
        return true;
    }

    /// <summary>The client has left.</summary>
    public void Release(ClientMemory client)
    {
        lock (_lock) GiveBack(client);
    }

    private void GiveBack(ClientMemory client)
    {
        _used -= client.Held;
        client.Held = 0;
        _holders.Remove(client);
    }
}
