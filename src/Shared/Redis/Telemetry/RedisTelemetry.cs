using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ShopSession.Redis.Telemetry;

/// <summary>
/// Traces and metrics with OpenTelemetry's names for databases. Neither ever holds a key, an argument or a reply; of an error only its code.
/// </summary>
/// <remarks>https://opentelemetry.io/docs/specs/semconv/database/redis/</remarks>
internal sealed class RedisTelemetry : IDisposable
{
    public const string Name = "ShopSession.Redis";

    // The boundaries that the convention recommends, in seconds.
    private static readonly double[] Boundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _connecting;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _dropped;
    private readonly string _database;
    private readonly ILogger _logger;
    private int _hasFailed;

    public RedisTelemetry(IMeterFactory? meters, int database, ILogger logger)
    {
        _logger = logger;
        // A factory owns what it makes; without one the meter is ours.
        _meter = meters?.Create(Name) ?? new Meter(Name);
        OwnsMeter = meters is null;
        _database = database.ToString(CultureInfo.InvariantCulture);
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = Boundaries };
        _duration = _meter.CreateHistogram("db.client.operation.duration", "s", "Duration of Redis operations.", null, advice);
        _connecting = _meter.CreateHistogram("db.client.connection.create_time", "s", "Time it took to open a connection.", null, advice);
        _lost = _meter.CreateCounter<long>("redis.client.connection.lost", "{connection}", "Connections that ended unasked.");
        _dropped = _meter.CreateCounter<long>("redis.client.subscription.dropped", "{message}", "Messages that a slow subscriber lost.");
    }

    public Meter Meter => _meter;

    private bool OwnsMeter { get; }

    public bool IsEnabled => IsMeasuring || IsTracing;

    public bool IsMeasuring => _duration.Enabled;

    public bool IsTracing => _source.HasListeners();

    public RedisOperation Start(in RedisOperationName name, RedisEndPoint endPoint, TimeProvider time) =>
        new(this, _source.HasListeners() ? StartActivity(name, endPoint) : null, name, endPoint, time);

    public void ConnectionOpened(RedisEndPoint endPoint, TimeSpan duration)
    {
        if (_connecting.Enabled) Measure(_connecting, duration.TotalSeconds, ConnectionTags(endPoint));
    }

    public void ConnectionLost(RedisEndPoint endPoint)
    {
        if (_lost.Enabled) Count(_lost, ConnectionTags(endPoint));
    }

    public void MessageDropped() => Count(_dropped, default);

    public void Dispose()
    {
        _source.Dispose();
        if (OwnsMeter) _meter.Dispose();
    }

    public void Record(string name, RedisEndPoint endPoint, TimeSpan duration, string? errorType, string? statusCode)
    {
        var tags = new TagList
        {
            { "db.system.name", "redis" },
            { "db.operation.name", name },
            { "db.namespace", _database },
            { "server.address", endPoint.Host },
            { "server.port", endPoint.Port },
        };
        if (errorType is not null) tags.Add("error.type", errorType);
        if (statusCode is not null) tags.Add("db.response.status_code", statusCode);
        Measure(_duration, duration.TotalSeconds, tags);
    }

    // Foreign code runs in there, on the thread that hands out everybody's replies, or while a connection is made: what fails in it is neither, and must cost nobody the connection.
    private void Measure(Histogram<double> histogram, double value, in TagList tags)
    {
        try
        {
            histogram.Record(value, tags);
        }
        catch (Exception e)
        {
            NoteFailure(e);
        }
    }

    private void Count(Counter<long> counter, in TagList tags)
    {
        try
        {
            counter.Add(1, tags);
        }
        catch (Exception e)
        {
            NoteFailure(e);
        }
    }

    private void NoteFailure(Exception exception)
    {
        if (Interlocked.Exchange(ref _hasFailed, 1) == 0) RedisLog.ListenerFailed(_logger, exception);
    }

    // What a sampler may look at has to be there when the span begins.
    private Activity? StartActivity(in RedisOperationName name, RedisEndPoint endPoint)
    {
        var tags = new TagList
        {
            { "db.system.name", "redis" },
            { "db.operation.name", name.Name },
            { "db.namespace", _database },
            { "server.address", endPoint.Host },
            { "server.port", endPoint.Port },
        };
        if (name.BatchSize > 1) tags.Add("db.operation.batch.size", name.BatchSize);
        if (name.Script is { } script) tags.Add("db.stored_procedure.name", script);
        return _source.StartActivity(name.Name, ActivityKind.Client, default(ActivityContext), tags);
    }

    // A server's connections are one pool, named as the convention does where there is no name.
    private TagList ConnectionTags(RedisEndPoint endPoint) => new()
    {
        { "db.client.connection.pool.name", $"{endPoint}/{_database}" },
        { "db.system.name", "redis" },
        { "server.address", endPoint.Host },
        { "server.port", endPoint.Port },
    };
}
