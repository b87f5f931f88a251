using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Tracking;

/// <summary>Writes invalidation messages: as pushes to RESP3 clients, as messages of a channel to the client they are redirected to.</summary>
internal sealed class InvalidationSender(ClientRegistry clients)
{
    private const string Channel = "__redis__:invalidate";

    private readonly ReplyWriter _writer = new(new ByteBuffer(1024));

    public long PushLimit { get; set; } = 32L * 1024 * 1024;

    /// <summary>Tells a tracking client that keys changed; <see langword="null"/>: all of them.</summary>
    public void Send(Client client, IReadOnlyList<byte[]>? keys)
    {
        var receiver = client;
        // Without tracking only what it had caused itself before it turned it off is sent.
        var isRedirected = client.Tracking is { RedirectTo: not 0 };
        if (isRedirected)
        {
            if (clients.Find(client.Tracking!.RedirectTo) is not { } redirected)
            {
                ReportBrokenRedirect(client, client.Tracking);
                return;
            }

            receiver = redirected;
        }

        _writer.Version = receiver.ProtocolVersion;
        _writer.Buffer.Truncate(0);
        if (receiver.ProtocolVersion == 3)
        {
            _writer.PushHeader(2);
            _writer.Bulk("invalidate"u8);
        }
        else if (isRedirected && receiver.HasSubscriptions)
        {
            _writer.ArrayHeader(3);
            _writer.Bulk("message"u8);
            _writer.Bulk(Channel);
        }
        else
        {
            // RESP2 has no place for a message between replies.
            return;
        }

        WriteKeys(keys);
        receiver.Push(_writer.Buffer.Span, PushLimit);
    }

    private void WriteKeys(IReadOnlyList<byte[]>? keys)
    {
        if (keys is null)
        {
            _writer.Null();
            return;
        }

        _writer.ArrayHeader(keys.Count);
        foreach (var key in keys) _writer.Bulk(key);
    }

    private void ReportBrokenRedirect(Client client, TrackingState state)
    {
        state.IsRedirectBroken = true;
        if (client.ProtocolVersion != 3) return;
        _writer.Version = 3;
        _writer.Buffer.Truncate(0);
        _writer.PushHeader(2);
        _writer.Bulk("tracking-redir-broken"u8);
        _writer.Integer(state.RedirectTo);
        client.Push(_writer.Buffer.Span, PushLimit);
    }
}
