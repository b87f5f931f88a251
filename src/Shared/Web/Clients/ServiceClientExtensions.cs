using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ShopSession.Web.Clients;

/// <summary>Sets up HTTP clients for sibling services.</summary>
public static class ServiceClientExtensions
{
    /// <summary>
    /// Adds the <see cref="IHttpClientFactory"/> client named <paramref name="service"/>, with the base address <c>http://service</c>. It
    /// chooses among the addresses in <c>services:{service}:http:0 … N</c>, fails over, and carries the gateway key and the trace.
    /// </summary>
    /// <remarks>
    /// Fails with <see cref="HttpRequestException"/> when no replica answers; the error pages tell that as 503. A request other than
    /// GET and HEAD is repeated only when it was certainly not sent. Redirects are not followed and no cookies are kept.
    /// </remarks>
    public static IHttpClientBuilder AddShopServiceClient(this IHostApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(service);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddKeyedSingleton(service, (provider, _) => new ServiceAddresses(service, builder.Configuration, provider.GetRequiredService<TimeProvider>()));
        return builder.Services.AddHttpClient(service, client =>
            {
                client.BaseAddress = new Uri($"http://{service}");
                client.Timeout = TimeSpan.FromSeconds(20);
            })
            .AddHttpMessageHandler(provider => new FailoverHandler(
                provider.GetRequiredKeyedService<ServiceAddresses>(service),
                provider.GetRequiredService<IOptions<ShopOptions>>().Value.GatewayKey))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ConnectTimeout = TimeSpan.FromSeconds(1),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            // The sockets handler lives as long as the process; connections are renewed by themselves.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
    }
}
