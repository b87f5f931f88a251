using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>
/// An encrypted, authenticated conversation of two replicas over a WebSocket. Both sides send 32 random bytes in the clear; keys for either direction come from those and the shared key
/// (HKDF, RFC 5869), so that a recorded conversation cannot be played back, and each message is sealed with AES-256-GCM under its number. A peer with another key cannot open the first
/// message. One sender and one receiver at a time.
/// </summary>
internal sealed class PeerChannel : IDisposable
{
    /// <summary>Longer than any change: a session's attributes at their most.</summary>
    public const int MaxMessage = 64 * 1024 * 1024;

    private const int NonceLength = 32;
    private const int NodeLength = 8;
    private const int TagLength = 16;

    private static readonly byte[] DialerInfo = "shopsession replication v1, dialer"u8.ToArray();
    private static readonly byte[] AcceptorInfo = "shopsession replication v1, acceptor"u8.ToArray();

    private readonly WebSocket _socket;
    private readonly AesGcm _send;
    private readonly AesGcm _receive;
    private ulong _sent;
    private ulong _received;

    private PeerChannel(WebSocket socket, long remoteNode, byte[] sendKey, byte[] receiveKey)
    {
        _socket = socket;
        RemoteNode = remoteNode;
        _send = new AesGcm(sendKey, TagLength);
        _receive = new AesGcm(receiveKey, TagLength);
    }

    /// <summary>Who the other side says it is.</summary>
    public long RemoteNode { get; }

    /// <summary>Exchanges the greetings.</summary>
    /// <exception cref="InvalidDataException">The other side does not speak this protocol.</exception>
    public static async Task<PeerChannel> OpenAsync(WebSocket socket, string key, long node, bool isDialer, CancellationToken cancellationToken)
    {
        var mine = RandomNumberGenerator.GetBytes(NonceLength + NodeLength);
        BinaryPrimitives.WriteInt64LittleEndian(mine.AsSpan(NonceLength), node);
        await socket.SendAsync(mine, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        var theirs = await ReceiveRawAsync(socket, 1024, cancellationToken);
        if (theirs?.Length != NonceLength + NodeLength) throw new InvalidDataException("What answered does not speak the protocol of replicas. Is its address right?");
        byte[] salt = isDialer ? [.. mine, .. theirs] : [.. theirs, .. mine];
        var secret = Encoding.UTF8.GetBytes(key);
        var dialerKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, salt, DialerInfo);
        var acceptorKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, salt, AcceptorInfo);
        var remote = BinaryPrimitives.ReadInt64LittleEndian(theirs.AsSpan(NonceLength));
        return new PeerChannel(socket, remote, isDialer ? dialerKey : acceptorKey, isDialer ? acceptorKey : dialerKey);
    }

    public ValueTask SendAsync(ReadOnlySpan<byte> plain, CancellationToken cancellationToken)
    {
        var message = new byte[plain.Length + TagLength];
        _send.Encrypt(Nonce(_sent++), plain, message.AsSpan(0, plain.Length), message.AsSpan(plain.Length));
        return _socket.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
    }

    /// <summary>The next message; <see langword="null"/>: the other side closed.</summary>
    /// <exception cref="AuthenticationTagMismatchException">It was sealed under another key, or changed on its way.</exception>
    public async ValueTask<byte[]?> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (await ReceiveRawAsync(_socket, MaxMessage + TagLength, cancellationToken) is not { } message) return null;
        if (message.Length < TagLength) throw new InvalidDataException("A message of a peer was too short.");
        var plain = new byte[message.Length - TagLength];
        _receive.Decrypt(Nonce(_received++), message.AsSpan(0, plain.Length), message.AsSpan(plain.Length), plain);
        return plain;
    }

    public void Dispose()
    {
        _send.Dispose();
        _receive.Dispose();
    }

    private static byte[] Nonce(ulong number)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(nonce, number);
        return nonce;
    }

    private static async Task<byte[]?> ReceiveRawAsync(WebSocket socket, int limit, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(piece.AsMemory(), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            if (message.Length + received.Count > limit) throw new InvalidDataException($"A message of a peer was longer than {limit} bytes.");
            message.Write(piece, 0, received.Count);
            if (received.EndOfMessage) return message.ToArray();
        }
    }
}
