using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.Diagnostics;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Stores;

/// <summary>Says at start what the chosen strategy and transport lose, where they lose something.</summary>
internal sealed class StrategyNotice(IOptions<SharedSessionOptions> options, ILogger<StrategyNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (SessionStrategies.All[options.Value.Strategy].Caution is { } caution) StrategyLog.Caution(logger, options.Value.Strategy, caution);
        if (options.Value.Transport == SessionTransports.Url) StrategyLog.IdsInUrls(logger, options.Value.UrlParameter);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
