using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>This replica's ear at one peer: connects, copies what it missed, takes every change, and connects again when that breaks.</summary>
internal sealed class PeerLink(string address, ReplicatedSessionStore store, PeerHub hub, ReplicationOptions options, ReplicationMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    /// <summary>How much more than the time away is copied: a change may have waited in the peer's queue before the connection broke.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _lastHeard;

    /// <summary>Done when the first attempt is over: copied, refused, or found to be oneself.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Whether changes are being heard.</summary>
    public bool IsHearing { get; private set; }

    /// <param name="isWholeNeeded">Asked once connected: whether everything is to be copied, or another peer sent it already.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Func<bool> isWholeNeeded, CancellationToken cancellationToken)
    {
        var delay = FirstDelay;
        while (!cancellationToken.IsCancellationRequested)
        {
            var arrival = hub.NextArrival;
            try
            {
                if (await ListenAsync(isWholeNeeded, cancellationToken)) return;
                ReplicationLog.Lost(logger, address, null);
                delay = FirstDelay;
            }
            catch (AuthenticationTagMismatchException)
            {
                ReplicationLog.WrongKey(logger, address);
            }
            catch (Exception exception) when (exception is WebSocketException or IOException or InvalidDataException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // While a peer is not there at all this is told once.
                if (IsHearing || !_settled.Task.IsCompleted) ReplicationLog.Lost(logger, address, exception);
                if (IsHearing) delay = FirstDelay;
            }
            finally
            {
                IsHearing = false;
                _settled.TrySetResult();
            }

            await Task.WhenAny(arrival, Task.Delay(delay, time, cancellationToken));
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    /// <returns>Whether the peer is this replica itself.</returns>
    private async Task<bool> ListenAsync(Func<bool> isWholeNeeded, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = PeerEndpoint.KeepAlive;
        socket.Options.KeepAliveTimeout = PeerEndpoint.KeepAlive * 2;
        socket.Options.Proxy = null;
        foreach (var (name, value) in options.Headers) socket.Options.SetRequestHeader(name, value);
        using var greeting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        greeting.CancelAfter(ConnectLimit);
        await socket.ConnectAsync(Target(address), greeting.Token);
        greeting.CancelAfter(PeerEndpoint.GreetingLimit);
        using var channel = await PeerChannel.OpenAsync(socket, options.Key, store.State.Clock.Node, isDialer: true, greeting.Token);
        if (channel.RemoteNode == store.State.Clock.Node) return true;
        await channel.SendAsync(PeerMessage.SubscribeTo(Missed(isWholeNeeded())), greeting.Token);
        if (await channel.ReceiveAsync(greeting.Token) is not [PeerMessage.Welcome, var joined]) return false;
        while (await channel.ReceiveAsync(cancellationToken) is { } message)
        {
            switch (message)
            {
                case [PeerMessage.Changes, ..]:
                    foreach (var change in PeerMessage.ChangesIn(message))
                    {
                        store.State.Receive(ChangeReader.Read(change));
                        metrics.Received();
                    }

                    break;
                case [PeerMessage.Copied]:
                    IsHearing = true;
                    if (joined == 1) store.Join();
                    _settled.TrySetResult();
                    break;
            }

            if (IsHearing) _lastHeard = time.GetTimestamp();
        }

        return false;
    }

    private TimeSpan? Missed(bool isWholeNeeded)
    {
        if (_lastHeard is { } heard) return time.GetElapsedTime(heard) + Margin;
        return isWholeNeeded ? null : Margin;
    }

    private static Uri Target(string address)
    {
        var target = new UriBuilder(address) { Path = PeerEndpoint.Path };
        target.Scheme = target.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        return target.Uri;
    }
}
