using System.Diagnostics.Metrics;

namespace ShopSession.Redis.Tests.Telemetry;

/// <summary>What the client measures while a test runs, of the operations and connections that have a tag with a value of the test's own.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(string Instrument, Dictionary<string, object?> Tags)> _seen = [];

    public Measurements(string own)
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "ShopSession.Redis") self.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            var copy = tags.ToArray().ToDictionary();
            lock (_seen)
                if (copy.ContainsValue(own)) _seen.Add((instrument.Name, copy));
        });
        _listener.Start();
    }

    public IReadOnlyList<Dictionary<string, object?>> Of(string instrument)
    {
        lock (_seen) return [.. _seen.Where(one => one.Instrument == instrument).Select(one => one.Tags)];
    }

    public void Dispose() => _listener.Dispose();
}
