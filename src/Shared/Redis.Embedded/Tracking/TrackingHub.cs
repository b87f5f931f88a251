using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;

namespace ShopSession.Redis.Embedded.Tracking;

/// <summary>
/// Tells clients which keys that they may have kept are no longer what they were. In the default mode the keys that a client read are
/// remembered and forgotten with the first invalidation; in broadcast mode clients hear of every key with one of their prefixes.
/// </summary>
internal sealed class TrackingHub(ClientRegistry clients)
{
    // A remembered key with its slot and its set of readers, and one reader of it.
    private const int KeyOverhead = 320;
    private const int ReaderOverhead = 24;

    private readonly ByteTable<HashSet<long>> _readers = new();
    private readonly BroadcastTable _broadcast = new();
    private readonly Random _random = new();
    private readonly InvalidationSender _sender = new(clients);
    private long _keyBytes;

    public long PushLimit { get => _sender.PushLimit; set => _sender.PushLimit = value; }

    public int TrackingClients { get; private set; }

    public int Keys => _readers.Count;

    public long Items { get; private set; }

    /// <summary>What the remembered keys take, estimated on the high side.</summary>
    public long Memory => _keyBytes + (Items * ReaderOverhead);

    public int Prefixes => _broadcast.Count;

    public void Enable(Client client, TrackingState state)
    {
        if (client.Tracking is null) TrackingClients++;
        client.Tracking = state;
        if (!state.IsBroadcast) return;
        foreach (var prefix in state.Prefixes) _broadcast.Add(prefix, client);
    }

    public void Disable(Client client)
    {
        if (client.Tracking is not { } state) return;
        foreach (var prefix in state.Prefixes)
        {
            _broadcast.Remove(prefix, client);
            client.Held.Return(prefix.Bytes);
        }

        // Keys remembered for the client are forgotten when they change next; its id is never given again.
        client.Tracking = null;
        TrackingClients--;
    }

    /// <summary>A client in the default mode read keys. Beyond the limits of the settings others are forgotten, which is announced.</summary>
    public void Remember(Client client, IEnumerable<byte[]> keys, StoreSettings settings)
    {
        if (client.Tracking is not { IsBroadcast: false } state) return;
        if (state.IsOptIn && !state.CachingGiven) return;
        if (state.IsOptOut && state.CachingGiven) return;
        foreach (var key in keys)
        {
            if (!_readers.TryGet(key, out var ids))
            {
                _readers.Set(key, ids = []);
                _keyBytes += key.Length + KeyOverhead;
            }

            if (ids.Add(client.Id)) Items++;
        }

        while (_readers.Count > settings.TrackingTableKeys || (Memory > settings.TrackingMemory && _readers.Count > 1)) Forget(_readers.GetRandom(_random).Key);
    }

    /// <summary>A key changed. <paramref name="by"/> is the client whose command did it, or <see langword="null"/> for expiry.</summary>
    public void Invalidate(Client? by, byte[] key)
    {
        _broadcast.Changed(key, by);
        if (_readers.Count > 0) Tell(key, isChanged: true);
    }

    /// <summary>Databases were emptied.</summary>
    public void InvalidateAll()
    {
        if (TrackingClients > 0)
            foreach (var client in clients.All)
            {
                if (client.Tracking is null) continue;
                if (client.IsExecuting) client.Invalidated.Add(null);
                else _sender.Send(client, null);
            }

        _readers.Clear();
        Items = _keyBytes = 0;
    }

    /// <summary>Sends what the client's own command invalidated; called when its reply has been written.</summary>
    public void SendPending(Client client)
    {
        foreach (var key in client.Invalidated) _sender.Send(client, key is null ? null : [key]);
        client.Invalidated.Clear();
    }

    /// <summary>Sends what broadcasting clients must hear; called when a batch of commands has been executed.</summary>
    public void SendBroadcasts() => _broadcast.Send(_sender);

    private void Forget(byte[] key)
    {
        // Too many keys are remembered: one is invalidated without having changed, so that nobody goes on trusting it.
        Tell(key, isChanged: false);
    }

    private void Tell(byte[] key, bool isChanged)
    {
        if (!_readers.Remove(key, out var ids)) return;
        Items -= ids.Count;
        _keyBytes -= key.Length + KeyOverhead;
        foreach (var id in ids)
        {
            if (clients.Find(id) is not { Tracking: { IsBroadcast: false } state } target) continue;
            if (!target.IsExecuting)
            {
                _sender.Send(target, [key]);
                continue;
            }

            // The one whose command runs, also where it only found a key that had ended: its reply is half written, and a message
            // must not come in between.
            if (!state.NoLoop || !isChanged) target.Invalidated.Add(key);
        }
    }
}
