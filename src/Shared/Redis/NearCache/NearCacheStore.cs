using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.NearCache;

/// <summary>
/// The entries, found by name without a lock, and what depends on each key. Room is made by the second-chance rule: the oldest
/// goes, unless it was used since it was last looked at.
/// </summary>
internal sealed class NearCacheStore(int maxEntries, long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, NearCacheEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dependents> _dependents = new(StringComparer.Ordinal);
    private NearCacheEntry? _oldest;
    private NearCacheEntry? _newest;
    private int _count;
    private long _bytes;
    private long _evictions;

    public int Count => Volatile.Read(ref _count);

    public long Bytes => Volatile.Read(ref _bytes);

    public long Evictions => Volatile.Read(ref _evictions);

    public NearCacheEntry? Find(string cacheKey) => _entries.GetValueOrDefault(cacheKey);

    /// <summary>Announces a read, before it is sent: a change reported from now on overtakes it.</summary>
    public NearCacheRead Begin(string[] keys)
    {
        var read = new NearCacheRead(keys);
        lock (_gate)
        {
            foreach (var key in keys) Of(key).Reads.Add(read);
        }

        return read;
    }

    /// <summary>Ends a read and keeps its result, if there is one and nothing has overtaken it.</summary>
    public void End(NearCacheRead read, NearCacheEntry? result)
    {
        lock (_gate)
        {
            foreach (var key in read.Keys)
            {
                if (!_dependents.TryGetValue(key, out var dependents)) continue;
                dependents.Reads.Remove(read);
                Tidy(key, dependents);
            }

            // The connection is looked at under the lock: when it ends later, its entries are dropped later.
            if (result is null || read.IsOvertaken || read.IsVoid || !result.Source.IsOpen || result.Size > maxBytes) return;
            if (_entries.TryGetValue(result.CacheKey, out var previous)) Remove(previous);
            Add(result);
            MakeRoom();
        }
    }

    /// <summary>Forgets what depends on the key: at its place in the server's order, when the caller is the connection's reader.</summary>
    public void Overtake(string key)
    {
        lock (_gate)
        {
            if (!_dependents.TryGetValue(key, out var dependents)) return;
            foreach (var read in dependents.Reads) read.IsOvertaken = true;
            Remove(dependents);
        }
    }

    /// <summary>As <see cref="Overtake"/>, for a change whose place in the server's order is unknown.</summary>
    public void Invalidate(string key)
    {
        lock (_gate)
        {
            if (!_dependents.TryGetValue(key, out var dependents)) return;
            foreach (var read in dependents.Reads) read.IsVoid = true;
            Remove(dependents);
        }
    }

    /// <summary>The server executed the read just now: what it had said before, the read has seen. Only for the connection's reader, before it goes on in the stream.</summary>
    public void Renew(NearCacheRead read)
    {
        lock (_gate) read.IsOvertaken = false;
    }

    /// <summary>Forgets everything, or what came over one connection. Reads under way are not kept either way.</summary>
    public void Clear(RedisConnection? source = null)
    {
        lock (_gate)
        {
            foreach (var read in _dependents.Values.SelectMany(static dependents => dependents.Reads)) read.IsVoid = true;
            for (var entry = _oldest; entry is not null;)
            {
                var next = entry.Newer;
                if (source is null || ReferenceEquals(entry.Source, source)) Remove(entry);
                entry = next;
            }
        }
    }

    private void Add(NearCacheEntry entry)
    {
        _entries[entry.CacheKey] = entry;
        foreach (var key in entry.Keys) Of(key).Entries.Add(entry);
        Link(entry);
        _count++;
        _bytes += entry.Size;
    }

    private void Remove(Dependents dependents)
    {
        // Removing an entry takes it out of this list.
        while (dependents.Entries.Count > 0) Remove(dependents.Entries[^1]);
    }

    private void Remove(NearCacheEntry entry)
    {
        _entries.TryRemove(entry.CacheKey, out _);
        foreach (var key in entry.Keys)
        {
            if (!_dependents.TryGetValue(key, out var dependents)) continue;
            dependents.Entries.Remove(entry);
            Tidy(key, dependents);
        }

        Unlink(entry);
        _count--;
        _bytes -= entry.Size;
    }

    private void MakeRoom()
    {
        while (_count > maxEntries || _bytes > maxBytes)
        {
            var entry = _oldest!;
            if (entry.Used)
            {
                entry.Used = false;
                Unlink(entry);
                Link(entry);
                continue;
            }

            Remove(entry);
            _evictions++;
        }
    }

    private void Link(NearCacheEntry entry)
    {
        entry.Older = _newest;
        entry.Newer = null;
        if (_newest is null) _oldest = entry;
        else _newest.Newer = entry;
        _newest = entry;
    }

    private void Unlink(NearCacheEntry entry)
    {
        if (entry.Older is null) _oldest = entry.Newer;
        else entry.Older.Newer = entry.Newer;
        if (entry.Newer is null) _newest = entry.Older;
        else entry.Newer.Older = entry.Older;
    }

    private Dependents Of(string key)
    {
        ref var dependents = ref CollectionsMarshal.GetValueRefOrAddDefault(_dependents, key, out _);
        return dependents ??= new Dependents();
    }

    private void Tidy(string key, Dependents dependents)
    {
        if (dependents.Reads.Count == 0 && dependents.Entries.Count == 0) _dependents.Remove(key);
    }

    private sealed class Dependents
    {
        public List<NearCacheEntry> Entries { get; } = new(1);

        public List<NearCacheRead> Reads { get; } = [];
    }
}
