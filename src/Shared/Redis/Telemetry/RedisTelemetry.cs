using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

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
    private readonly string _database;

    public RedisTelemetry(IMeterFactory? meters, int database)
    {
        // A factory owns what it makes; without one the meter is ours.
        _meter = meters?.Create(Name) ?? new Meter(Name);
        OwnsMeter = meters is null;
        _database = database.ToString(CultureInfo.InvariantCulture);
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = Boundaries };
        _duration = _meter.CreateHistogram("db.client.operation.duration", "s", "Duration of Redis operations.", null, advice);
        _connecting = _meter.CreateHistogram("db.client.connection.create_time", "s", "Time it took to open a connection.", null, advice);
        _lost = _meter.CreateCounter<long>("redis.client.connection.lost", "{connection}", "Connections that ended unasked.");
    }

    public Meter Meter => _meter;

    private bool OwnsMeter { get; }

    public bool IsEnabled => IsMeasuring || IsTracing;

    public bool IsMeasuring => _duration.Enabled;

    public bool IsTracing => _source.HasListeners();

    public RedisOperation Start(string name, int batchSize, RedisEndPoint endPoint, TimeProvider time)
    {
        var activity = _source.HasListeners() ? _source.StartActivity(name, ActivityKind.Client) : null;
        if (activity is not null)
        {
            activity.SetTag("db.system.name", "redis");
            activity.SetTag("db.operation.name", name);
            activity.SetTag("db.namespace", _database);
            activity.SetTag("server.address", endPoint.Host);
            activity.SetTag("server.port", endPoint.Port);
            if (batchSize > 1) activity.SetTag("db.operation.batch.size", batchSize);
        }

        return new RedisOperation(this, activity, name, endPoint, time);
    }

    public void ConnectionOpened(RedisEndPoint endPoint, TimeSpan duration) =>
        _connecting.Record(duration.TotalSeconds, new("db.system.name", "redis"), new("server.address", endPoint.Host), new("server.port", endPoint.Port));

    public void ConnectionLost(RedisEndPoint endPoint) =>
        _lost.Add(1, new("db.system.name", "redis"), new("server.address", endPoint.Host), new("server.port", endPoint.Port));

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
        _duration.Record(duration.TotalSeconds, tags);
    }
}
