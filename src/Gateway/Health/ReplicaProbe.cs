using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using ShopSession.Gateway.Configuration;
using ShopSession.Gateway.Forwarding;

namespace ShopSession.Gateway.Health;

internal enum ProbeResult
{
    /// <summary>Answered 2xx: send it requests.</summary>
    Ready,

    /// <summary>Answered something else (a dependency is down).</summary>
    NotReady,

    /// <summary>Not answered in time: it hangs, or is too busy.</summary>
    Silent,

    /// <summary>Answered that it is about to stop: it gets nothing new, even if it is the only one.</summary>
    Draining,

    /// <summary>No connection: nobody is there.</summary>
    Unreachable,
}

/// <summary>
/// Asks one replica for its <c>/health</c>, on connections of its own. It says which gateway asks and how soon it will again, so that a replica that is to stop
/// knows whom to tell first. Safe for concurrent use.
/// </summary>
internal sealed class ReplicaProbe(IOptions<GatewayOptions> options, IOptions<ShopAddressOptions> shop, TimeProvider time) : IDisposable
{
    public const string ProbeHeader = "X-Shop-Probe";

    public const string DrainingHeader = "X-Shop-Draining";

    private readonly string _gateway = Guid.NewGuid().ToString("N");

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        // Each probe connects anew: a kept connection would not notice that the listener is gone.
        PooledConnectionLifetime = TimeSpan.Zero,
        // Probes are not part of anybody's request.
        ActivityHeadersPropagator = null,
    });

    public Task<ProbeResult> AskAsync(string address, CancellationToken cancellationToken) =>
        SendAsync(address, options.Value.ProbeInterval.TotalSeconds.ToString(CultureInfo.InvariantCulture), cancellationToken);

    /// <summary>Tells a replica not to expect this gateway any more.</summary>
    public Task LeaveAsync(string address, CancellationToken cancellationToken) => SendAsync(address, "leaving", cancellationToken);

    private async Task<ProbeResult> SendAsync(string address, string next, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.ProbeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(address), "/health"));
        request.Headers.TryAddWithoutValidation(ProbeHeader, $"{_gateway};{next}");
        if (shop.Value.GatewayKey is { Length: > 0 } key) request.Headers.TryAddWithoutValidation(TrustedHeaders.GatewayKey, key);
        try
        {
            using var response = await _client.SendAsync(request, either.Token);
            if (response.IsSuccessStatusCode) return ProbeResult.Ready;
            return response.Headers.Contains(DrainingHeader) ? ProbeResult.Draining : ProbeResult.NotReady;
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConnectionError || failure.InnerException is SocketException)
        {
            return ProbeResult.Unreachable;
        }
        catch (HttpRequestException)
        {
            // Connected, then cut or nonsense: somebody listens, but cannot be trusted with requests yet.
            return ProbeResult.NotReady;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeResult.Silent;
        }
    }

    public void Dispose() => _client.Dispose();
}
