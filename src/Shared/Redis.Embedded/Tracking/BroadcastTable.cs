using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Keyspace;

namespace ShopSession.Redis.Embedded.Tracking;

/// <summary>Prefixes that clients in broadcast mode listen to, and the keys that changed under each since the last sending.</summary>
internal sealed class BroadcastTable
{
    private readonly SortedDictionary<ByteKey, Prefix> _prefixes = [];
    private bool _hasChanges;

    public int Count => _prefixes.Count;

    public void Add(ByteKey prefix, Client client)
    {
        if (!_prefixes.TryGetValue(prefix, out var entry)) _prefixes[prefix] = entry = new Prefix();
        entry.Clients.Add(client);
    }

    public void Remove(ByteKey prefix, Client client)
    {
        if (!_prefixes.TryGetValue(prefix, out var entry)) return;
        entry.Clients.Remove(client);
        if (entry.Clients.Count == 0) _prefixes.Remove(prefix);
    }

    public void Changed(byte[] key, Client? by)
    {
        if (_prefixes.Count == 0) return;
        foreach (var (prefix, entry) in _prefixes)
        {
            if (!key.AsSpan().StartsWith(prefix.Bytes)) continue;
            entry.Changed.TryAdd(new ByteKey(key), by);
            _hasChanges = true;
        }
    }

    public void Send(InvalidationSender sender)
    {
        if (!_hasChanges) return;
        _hasChanges = false;
        foreach (var entry in _prefixes.Values)
        {
            if (entry.Changed.Count == 0) continue;
            var all = entry.Changed.Keys.Select(k => k.Bytes).ToList();
            foreach (var client in entry.Clients)
            {
                var keys = client.Tracking is { NoLoop: true } ? [.. entry.Changed.Where(c => c.Value != client).Select(c => c.Key.Bytes)] : all;
                if (keys.Count > 0) sender.Send(client, keys);
            }

            entry.Changed.Clear();
        }
    }

    private sealed class Prefix
    {
        public HashSet<Client> Clients { get; } = [];

        public SortedDictionary<ByteKey, Client?> Changed { get; } = [];
    }
}
