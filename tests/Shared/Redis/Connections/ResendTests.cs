using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using ShopSession.Redis.Connections;
using ShopSession.Redis.Telemetry;

namespace ShopSession.Redis.Tests.Connections;

public sealed class ResendTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Guards the time limit: what is waited for is the connection for the first request, and an older one may come back when that has begun.</summary>
    [Fact]
    public async Task An_older_request_that_comes_back_later_ends_with_its_own_time_limit()
    {
        // Accepts, and says nothing.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = RedisClientOptions.Parse($"{listener.LocalEndpoint},connectTimeout=60000");
        using var telemetry = new RedisTelemetry(null, 0, NullLogger.Instance);
        var connector = new RedisConnector(options, TimeProvider.System, telemetry);
        await using var node = new RedisNode(connector, () => [options.EndPoints[0]], NullLogger.Instance);
        var resend = new RedisResend(node, static () => true);
        var younger = Add(TimeSpan.FromSeconds(30));
        var started = TimeProvider.System.GetTimestamp();
        var older = Add(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<RedisUnavailableException>(() => older);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0.9, 10);
        Assert.False(younger.IsCompleted);
        await node.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => younger);

        Task<RedisReply> Add(TimeSpan limit)
        {
            var deadline = TimeProvider.System.GetTimestamp() + (long)(limit.TotalSeconds * TimeProvider.System.TimestampFrequency);
            var request = new RedisRequestPool().Rent(new RedisPayload(new RedisCommand("PING")), deadline);
            request.Hold();
            resend.Add([request]);
            return request.Await(Stop).AsTask();
        }
    }
}
