using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions;

namespace ShopSession.Web.Lab;

/// <summary>Tells what this replica has cost, by the instruments that operators watch and the runtime's own counters. Safe for concurrent use.</summary>
internal sealed class LabCosts : IDisposable
{
    private const string PeerBytesInstrument = "shopsession.replication.bytes.sent";

    private readonly MeterListener _listener = new();
    private long _peerBytes;

    private LabCosts(IMeterFactory meters)
    {
        // Instruments belong to the factory of their host: tests run several hosts in one process.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == PeerBytesInstrument && ReferenceEquals(instrument.Meter.Scope, meters)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, bytes, _, _) => Interlocked.Add(ref _peerBytes, bytes));
        _listener.Start();
    }

    /// <summary>Adds <c>GET …/costs</c>; with <c>?collect=true</c> garbage is collected first, which takes its time.</summary>
    public static void Map(WebApplication app, string prefix)
    {
        var costs = new LabCosts(app.Services.GetRequiredService<IMeterFactory>());
        app.Lifetime.ApplicationStopped.Register(costs.Dispose);
        app.MapGet($"{prefix}/costs", (bool? collect) => Results.Json(costs.Read(collect == true))).DisableSharedSession();
    }

    public void Dispose() => _listener.Dispose();

    private LabCost Read(bool collect) => new(Interlocked.Read(ref _peerBytes), GC.GetTotalMemory(collect), Environment.CpuUsage.TotalTime.TotalMilliseconds);
}
