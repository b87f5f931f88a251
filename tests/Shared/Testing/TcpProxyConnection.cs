using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace ShopSession.Testing;

/// <summary>What the proxy does wrong at the moment. A new object for every change, so that counters start anew.</summary>
internal sealed record TcpProxyFault
{
    public TimeSpan Delay { get; init; }
    public TimeSpan Pause { get; init; }
    public bool HoldToServer { get; init; }
    public bool HoldToClient { get; init; }
    public bool Refuse { get; init; }
    public long CutAfter { get; init; } = -1;
    public int CorruptInterval { get; init; }
}

/// <summary>One client's connection through the proxy.</summary>
internal sealed class TcpProxyConnection(TcpProxy proxy, Socket client, EndPoint target) : IDisposable
{
    private static readonly TimeSpan HoldCheck = TimeSpan.FromMilliseconds(5);

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Whether this one connection passes nothing on any more.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Closes both sides with RST in place of FIN.</summary>
    public void Reset()
    {
        foreach (var socket in (Socket[])[client, _server])
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Already closed: nothing left to reset.
            }

            socket.Dispose();
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (proxy.Fault.Refuse)
            {
                Reset();
                return;
            }

            if (proxy.Fault.Pause > TimeSpan.Zero) client.ReceiveBufferSize = 32 * 1024;
            client.NoDelay = _server.NoDelay = true;
            await _server.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
            await Task.WhenAny(
                CopyAsync(client, _server, toClient: false, cancellationToken),
                CopyAsync(_server, client, toClient: true, cancellationToken)).Unwrap().ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException or ChannelClosedException)
        {
            // One side is gone, so the other goes too: that is what this proxy is for.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    // Read and passed on by two loops, so that a delay is a longer way and not a narrower one.
    private async Task CopyAsync(Socket from, Socket to, bool toClient, CancellationToken cancellationToken)
    {
        var pieces = Channel.CreateBounded<(byte[] Bytes, long Due)>(256);
        var passing = PassOnAsync(pieces.Reader, to, toClient, cancellationToken);
        try
        {
            var buffer = new byte[16 * 1024];
            while (await from.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                var due = Environment.TickCount64 + (long)proxy.Fault.Delay.TotalMilliseconds;
                // The other loop ends first when the connection is cut.
                var written = pieces.Writer.WriteAsync((buffer[..count], due), cancellationToken).AsTask();
                if (await Task.WhenAny(written, passing).ConfigureAwait(false) == passing) return;
                await written.ConfigureAwait(false);
                // Not read while it pauses, so that bytes wait with the sender and not here.
                if (!toClient && proxy.Fault.Pause > TimeSpan.Zero) await Task.Delay(proxy.Fault.Pause, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            pieces.Writer.TryComplete();
        }

        await passing.ConfigureAwait(false);
    }

    private async Task PassOnAsync(ChannelReader<(byte[] Bytes, long Due)> pieces, Socket to, bool toClient, CancellationToken cancellationToken)
    {
        var (counted, fault) = (0L, proxy.Fault);
        await foreach (var (bytes, due) in pieces.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            while (IsFrozen || due > Environment.TickCount64 || (toClient ? proxy.Fault.HoldToClient : proxy.Fault.HoldToServer))
                await Task.Delay(HoldCheck, cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(fault, proxy.Fault)) (counted, fault) = (0L, proxy.Fault);
            var piece = bytes.AsMemory();
            if (toClient && fault.CorruptInterval > 0) Corrupt(piece.Span, counted, fault.CorruptInterval);
            var cut = toClient && fault.CutAfter >= 0 && counted + bytes.Length > fault.CutAfter;
            if (cut) piece = piece[..(int)(fault.CutAfter - counted)];
            await SendAllAsync(to, piece, cancellationToken).ConfigureAwait(false);
            if (cut)
            {
                Dispose();
                return;
            }

            counted += bytes.Length;
        }
    }

    private static void Corrupt(Span<byte> bytes, long before, int interval)
    {
        for (var i = 0; i < bytes.Length; i++)
            if ((before + i + 1) % interval == 0) bytes[i] ^= 0xFF;
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, cancellationToken).ConfigureAwait(false)..];
    }
}
