using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Keyspace;

namespace ShopSession.Redis.Embedded.Execution;

/// <summary>Who watches which key for an optimistic transaction.</summary>
internal sealed class WatchTable
{
    private readonly Dictionary<int, ByteTable<List<Client>>> _byDatabase = [];

    /// <exception cref="Protocol.CommandException">There is no memory to remember it.</exception>
    public void Watch(Client client, Database database, byte[] key, bool isExpired)
    {
        var watched = (database.Index, new ByteKey(key));
        if (client.Watched.ContainsKey(watched)) return;
        client.Held.Take([key]);
        client.Watched.Add(watched, isExpired);
        if (!_byDatabase.TryGetValue(database.Index, out var keys)) _byDatabase[database.Index] = keys = new();
        if (!keys.TryGet(key, out var clients)) keys.Set(key, clients = []);
        clients.Add(client);
    }

    public void UnwatchAll(Client client)
    {
        foreach (var (database, key) in client.Watched.Keys)
        {
            var keys = _byDatabase[database];
            client.Held.Return(key.Bytes);
            if (!keys.TryGet(key.Bytes, out var clients)) continue;
            clients.Remove(client);
            if (clients.Count == 0) keys.Remove(key.Bytes);
        }

        client.Watched.Clear();
        client.WatchFailed = false;
    }

    public void Touch(int database, byte[] key)
    {
        if (!_byDatabase.TryGetValue(database, out var keys) || keys.Count == 0 || !keys.TryGet(key, out var clients)) return;
        Touch(database, key, clients);
    }

    /// <summary>A database is emptied: watched keys that exist in it change, also those that have ended meanwhile.</summary>
    public void TouchAll(Database database)
    {
        if (!_byDatabase.TryGetValue(database.Index, out var keys)) return;
        foreach (var (key, clients) in keys.Entries())
            if (database.Find(key) is not null) Touch(database.Index, key, clients);
    }

    private static void Touch(int database, byte[] key, List<Client> clients)
    {
        var watched = (database, new ByteKey(key));
        foreach (var client in clients)
        {
            // The key had ended already when it was watched: that it is now removed changes nothing for the watcher.
            if (client.Watched.TryGetValue(watched, out var wasExpired) && wasExpired) client.Watched[watched] = false;
            else client.WatchFailed = true;
        }
    }
}
