using System.Net;
using System.Net.Sockets;

namespace ShopSession.Testing;

/// <summary>
/// Free loopback ports below the range from which the system takes ports for outgoing connections, so that a server that is
/// stopped and started again finds its port still free.
/// </summary>
public static class FreePort
{
    private const int First = 12_000;

    // From here on the runner takes ports for replicas; what both might draw, both sometimes would.
    private const int End = 22_000;

    // Test projects run one after another and their tests side by side: one after the other, no two tests of a process ever get the same port.
    private static int _next = Random.Shared.Next(End - First);

    /// <summary>A port on which nothing listens at 127.0.0.1. Another process may still be faster: retry when binding fails.</summary>
    public static int Next()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % (End - First));
            if (IsFree(port)) return port;
        }

        throw new InvalidOperationException($"No free port between {First} and {End} was found in 200 attempts.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
