using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ShopSession.Web.Forwarding;

namespace ShopSession.Web.Draining;

/// <summary>
/// Ends a replica so that nobody notices: it first says at <c>/health</c> that it is about to go, and stops only when every gateway that asks it has heard
/// so and sends nothing new. A request that changes something could else reach a connection that is just being closed, and nobody could say whether it was carried
/// out. Gateways name themselves on their probes. Safe for concurrent use.
/// </summary>
internal sealed class Drain(IOptions<ShopOptions> options, TimeProvider time)
{
    /// <summary>On a probe: <c>{gateway};{seconds to the next probe}</c>, or <c>{gateway};leaving</c>.</summary>
    public const string ProbeHeader = "X-Shop-Probe";

    /// <summary>On the answer to a probe, and to everything else, while draining.</summary>
    public const string DrainingHeader = "X-Shop-Draining";

    private const int MostGateways = 64;

    /// <summary>Requests that a gateway had already placed when it heard the news are on their way for a moment.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, Asked> _gateways = new(StringComparer.Ordinal);
    private volatile bool _isDraining;

    public bool IsDraining => _isDraining;

    /// <summary>Notes who was answered what.</summary>
    public void Answered(HttpContext context, bool toldToLeave)
    {
        if (context.Features.Get<GatewayTrust>() is not { IsTrusted: true }) return;
        if (context.Request.Headers[ProbeHeader] is not [{ Length: < 128 } probe] || probe.Split(';', 2) is not [var gateway, var next]) return;
        if (next == "leaving") _gateways.TryRemove(gateway, out _);
        else if (double.TryParse(next, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 60 && _gateways.Count < MostGateways)
            _gateways[gateway] = new Asked(time.GetTimestamp(), TimeSpan.FromSeconds(seconds), toldToLeave);
    }

    /// <summary>Begins to drain; returns when it is safe to stop, at the latest after <see cref="ShopOptions.DrainTime"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _isDraining = true;
        var begin = time.GetTimestamp();
        var limit = options.Value.DrainTime;
        if (limit == TimeSpan.Zero || !_gateways.Values.Any(IsThere)) return;
        while (_gateways.Values.Any(asked => !asked.ToldToLeave && IsThere(asked)) && time.GetElapsedTime(begin) < limit)
            await Task.Delay(Pause, time, cancellationToken);
        var left = limit - time.GetElapsedTime(begin);
        if (left > TimeSpan.Zero && _gateways.Values.Any(IsThere)) await Task.Delay(left < Settle ? left : Settle, time, cancellationToken);
    }

    /// <summary>One that has missed two probes is gone itself.</summary>
    private bool IsThere(Asked asked) => time.GetElapsedTime(asked.At) < asked.Interval * 2 + Settle;

    private readonly record struct Asked(long At, TimeSpan Interval, bool ToldToLeave);
}
