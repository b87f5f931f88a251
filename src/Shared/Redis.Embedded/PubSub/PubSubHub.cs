using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.PubSub;

/// <summary>Who listens to which channel or pattern. A message goes to those who listen now; nothing is kept.</summary>
internal sealed class PubSubHub
{
    private readonly Dictionary<ByteKey, HashSet<Client>> _channels = [];
    private readonly Dictionary<ByteKey, HashSet<Client>> _patterns = [];
    private readonly ReplyWriter _writer = new(new ByteBuffer(1024));

    public IEnumerable<byte[]> Channels => _channels.Keys.Select(k => k.Bytes);

    public int ChannelCount => _channels.Count;

    public int PatternCount => _patterns.Count;

    public int Subscribers(byte[] channel) => _channels.TryGetValue(new ByteKey(channel), out var clients) ? clients.Count : 0;

    /// <summary>Adds a channel or pattern whose memory the client has taken.</summary>
    public void Subscribe(Client client, byte[] name, bool isPattern)
    {
        var key = new ByteKey(name);
        if (!(isPattern ? client.Patterns : client.Channels).Add(key))
        {
            client.Held.Return(name);
            return;
        }

        var table = isPattern ? _patterns : _channels;
        if (!table.TryGetValue(key, out var clients)) table[key] = clients = [];
        clients.Add(client);
    }

    public void Unsubscribe(Client client, byte[] name, bool isPattern)
    {
        var key = new ByteKey(name);
        if (!(isPattern ? client.Patterns : client.Channels).Remove(key)) return;
        client.Held.Return(name);
        var table = isPattern ? _patterns : _channels;
        table[key].Remove(client);
        if (table[key].Count == 0) table.Remove(key);
    }

    public void UnsubscribeAll(Client client)
    {
        foreach (var key in client.Channels.ToArray()) Unsubscribe(client, key.Bytes, isPattern: false);
        foreach (var key in client.Patterns.ToArray()) Unsubscribe(client, key.Bytes, isPattern: true);
    }

    /// <summary>Delivers a message and returns how many times.</summary>
    public int Publish(byte[] channel, byte[] message, long pushLimit)
    {
        var receivers = 0;
        if (_channels.TryGetValue(new ByteKey(channel), out var clients))
            receivers += Deliver(clients, pushLimit, "message"u8, channel, message);
        foreach (var (pattern, listeners) in _patterns)
            if (GlobPattern.Matches(pattern.Bytes, channel)) receivers += Deliver(listeners, pushLimit, "pmessage"u8, pattern.Bytes, channel, message);
        return receivers;
    }

    private int Deliver(HashSet<Client> clients, long pushLimit, ReadOnlySpan<byte> kind, params ReadOnlySpan<byte[]> parts)
    {
        var encodedFor = 0;
        foreach (var client in clients)
        {
            if (encodedFor != client.ProtocolVersion) Encode(encodedFor = client.ProtocolVersion, kind, parts);
            client.Push(_writer.Buffer.Span, pushLimit);
        }

        return clients.Count;
    }

    private void Encode(int version, ReadOnlySpan<byte> kind, ReadOnlySpan<byte[]> parts)
    {
        _writer.Version = version;
        _writer.Buffer.Truncate(0);
        _writer.PushHeader(parts.Length + 1);
        _writer.Bulk(kind);
        foreach (var part in parts) _writer.Bulk(part);
    }
}
