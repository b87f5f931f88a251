using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace ShopSession.Sessions.Tests.Harness;

/// <summary>What the session instruments of one replica, or of other services, report while this lives.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _values = new();

    public Measured(Replica replica)
        : this(replica.Services.GetRequiredService<IMeterFactory>())
    {
    }

    public Measured(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "ShopSession.Sessions" && ReferenceEquals(instrument.Meter.Scope, meters)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument.Name, value, tags));
        _listener.Start();
    }

    public double[] Values(string name, string tag = "") => [.. _values.Where(value => value.Name == name && value.Tags.Contains(tag, StringComparison.Ordinal)).Select(value => value.Value)];

    public double Sum(string name, string tag = "") => Values(name, tag).Sum();

    public double Gauge(string name)
    {
        _listener.RecordObservableInstruments();
        return Values(name)[^1];
    }

    public void Dispose() => _listener.Dispose();

    private void Take(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = "";
        foreach (var tag in tags) text += string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value};");
        _values.Enqueue((name, value, text));
    }
}
