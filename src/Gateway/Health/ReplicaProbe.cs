using System.Net.Sockets;
using Microsoft.Extensions.Options;
using ShopSession.Gateway.Configuration;

namespace ShopSession.Gateway.Health;

internal enum ProbeResult
{
    /// <summary>Answered 2xx: send it requests.</summary>
    Ready,

    /// <summary>Answered something else (draining, a dependency is down), or not in time.</summary>
    NotReady,

    /// <summary>No connection: nobody is there.</summary>
    Unreachable,
}

/// <summary>Asks one replica for its <c>/health</c>, on connections of its own. Safe for concurrent use.</summary>
internal sealed class ReplicaProbe(IOptions<GatewayOptions> options, TimeProvider time) : IDisposable
{
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

    public async Task<ProbeResult> AskAsync(string address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.ProbeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(address), "/health"));
        try
        {
            using var response = await _client.SendAsync(request, either.Token);
            return response.IsSuccessStatusCode ? ProbeResult.Ready : ProbeResult.NotReady;
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
            return ProbeResult.NotReady;
        }
    }

    public void Dispose() => _client.Dispose();
}
