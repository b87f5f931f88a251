using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Health;

/// <summary>
/// Asks whether anybody listens on a local port. A refusal is the usual answer while a system starts, many times a second: it comes as a
/// value here, not as an exception with its stack.
/// </summary>
internal static class PortProbe
{
    public static async ValueTask<bool> ListensAsync(Uri url, CancellationToken cancellationToken) =>
        !url.IsLoopback
        || await ListensAsync(IPAddress.Loopback, url.Port, cancellationToken)
        || (Socket.OSSupportsIPv6 && await ListensAsync(IPAddress.IPv6Loopback, url.Port, cancellationToken));

    private static async ValueTask<bool> ListensAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var connect = new SocketAsyncEventArgs { RemoteEndPoint = new IPEndPoint(address, port) };
        connect.Completed += (_, _) => answered.TrySetResult();
        await using var cancelled = cancellationToken.Register(() => Socket.CancelConnectAsync(connect));
        if (socket.ConnectAsync(connect))
            await answered.Task;
        cancellationToken.ThrowIfCancellationRequested();
        return connect.SocketError == SocketError.Success;
    }
}
