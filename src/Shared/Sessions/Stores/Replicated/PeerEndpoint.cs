using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>Where peers connect to hear this replica's changes: <c>/internal/session-peers</c>. Nothing is told before the peer has shown that it has the key.</summary>
internal sealed class PeerEndpoint(
    RequestDelegate next, ReplicatedSessionStore store, PeerHub hub, ReplicationMetrics metrics, IOptions<SharedSessionOptions> options, IHostApplicationLifetime lifetime, ILogger<PeerEndpoint> logger)
{
    public const string Path = "/internal/session-peers";

    internal static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path != Path)
        {
            await next(context);
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var peer = $"{context.Connection.RemoteIpAddress}";
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive * 2 });
        using var subscriber = new PeerSubscriber(options.Value.Replication.QueueLength, metrics);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping, subscriber.CutOff);
        try
        {
            await ServeAsync(socket, subscriber, ends);
        }
        catch (AuthenticationTagMismatchException)
        {
            ReplicationLog.WrongKey(logger, peer);
        }
        catch (Exception) when (subscriber.CutOff.IsCancellationRequested)
        {
            ReplicationLog.CutOff(logger, peer, options.Value.Replication.QueueLength);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            if (!ends.IsCancellationRequested) ReplicationLog.ServingFailed(logger, peer, exception);
        }
        finally
        {
            hub.Remove(subscriber);
            socket.Abort();
        }
    }

    private async Task ServeAsync(WebSocket socket, PeerSubscriber subscriber, CancellationTokenSource ends)
    {
        using var greeting = CancellationTokenSource.CreateLinkedTokenSource(ends.Token);
        greeting.CancelAfter(GreetingLimit);
        using var channel = await PeerChannel.OpenAsync(socket, options.Value.Replication.Key, store.State.Clock.Node, isDialer: false, greeting.Token);
        if (channel.RemoteNode == store.State.Clock.Node || await channel.ReceiveAsync(greeting.Token) is not [PeerMessage.Subscribe, ..] subscribe) return;
        await channel.SendAsync([PeerMessage.Welcome, store.HasJoined ? (byte)1 : (byte)0], greeting.Token);
        var copy = store.State.CopyAndThen(PeerMessage.RecentOf(subscribe), () => hub.Add(subscriber));
        var hearing = WatchCloseAsync(channel, ends);
        try
        {
            await subscriber.SendAsync(channel, copy, ends.Token);
        }
        finally
        {
            await ends.CancelAsync();
            await hearing;
        }
    }

    /// <summary>The dialer says nothing more: what comes is its end.</summary>
    private static async Task WatchCloseAsync(PeerChannel channel, CancellationTokenSource ends)
    {
        try
        {
            while (await channel.ReceiveAsync(ends.Token) is not null)
            {
                // Nothing is defined for it to say.
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException or InvalidDataException or CryptographicException)
        {
            // It ended without a word.
        }

        await ends.CancelAsync();
    }
}
