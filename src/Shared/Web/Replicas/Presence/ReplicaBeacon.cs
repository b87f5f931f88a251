using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ShopSession.Redis;
using ShopSession.Sessions;

namespace ShopSession.Web.Replicas.Presence;

/// <summary>
/// Writes this replica's report to the store again and again, so that others see that it runs. The report ends by itself: a replica that is killed is gone after <see cref="ReplicaDirectory.ReportLife"/>, by the store's
/// clock alone. One that is stopped takes its report away.
/// </summary>
internal sealed partial class ReplicaBeacon(IRedisClient redis, ReplicaKeys keys, ReplicaName name, ISessionStatistics statistics, TimeProvider time, ILogger<ReplicaBeacon> logger) : BackgroundService
{
    /// <summary>Two reports may be lost before the replica seems gone.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private bool _isHeard = true;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(new RedisPipeline().Add("DEL", keys.Report(name.Replica)).Add("SREM", keys.Names, name.Replica), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var report = JsonSerializer.SerializeToUtf8Bytes(new ReplicaReport(name.Service, name.Replica, _startedAt, statistics.Read()), JsonSerializerOptions.Web);
            await TryAsync(
                new RedisPipeline().Add("SET", keys.Report(name.Replica), report, "PX", (long)ReplicaDirectory.ReportLife.TotalMilliseconds).Add("SADD", keys.Names, name.Replica), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryAsync(RedisPipeline pipeline, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var reply in await redis.ExecuteAsync(pipeline, cancellationToken)) reply.ThrowIfError();
            _isHeard = true;
        }
        catch (RedisException exception)
        {
            // Said once: a store that is away is told by everything else as well, and this goes on trying.
            if (_isHeard) LogUnheard(logger, name.Replica, exception);
            _isHeard = false;
        }
    }

    [LoggerMessage(2401, LogLevel.Warning, "The store did not take the report of {Replica}: administrators do not see this replica until it does.")]
    private static partial void LogUnheard(ILogger logger, string replica, Exception exception);
}
