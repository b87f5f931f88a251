using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Running;

/// <summary>
/// Finds free ports below the range that the system gives to outgoing connections: a replica that is down must find its port free when it
/// comes back, however busy its siblings are meanwhile. What was given out stays reserved until this object is disposed of, also against other runners on the machine. Safe for concurrent use.
/// </summary>
internal sealed class PortAllocator : IDisposable
{
    private const int Lowest = 22_000, Highest = 32_000, Attempts = 500;

    // Nobody listens yet where a replica will. A UDP socket of the same number says to other runners that the port is given out: it is in no server's way (HTTP/3 aside, which nothing here speaks),
    // and the system takes it back also from a process that was killed.
    private readonly ConcurrentBag<Socket> _reservations = [];

    public int Next()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            if (Reserve(port) is not { } reservation)
                continue;
            if (IsFree(port))
            {
                _reservations.Add(reservation);
                return port;
            }

            reservation.Dispose();
        }

        throw new DistributedApplicationException($"No free port was found between {Lowest} and {Highest} on this machine. End programs that hold them.");
    }

    public void Dispose()
    {
        while (_reservations.TryTake(out var reservation))
            reservation.Dispose();
    }

    /// <summary>Whether nobody listens there on loopback, over IPv4 or IPv6.</summary>
    public static bool IsFree(int port) => CanBind(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanBind(IPAddress.IPv6Loopback, port));

    private static Socket? Reserve(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }

    private static bool CanBind(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            // No IPv6 on this machine: nobody listens there either.
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
