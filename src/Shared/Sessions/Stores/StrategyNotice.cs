using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.Diagnostics;

namespace ShopSession.Sessions.Stores;

/// <summary>Says at start what the chosen strategy loses, where it loses something.</summary>
internal sealed class StrategyNotice(IOptions<SharedSessionOptions> options, ILogger<StrategyNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (SessionStrategies.All[options.Value.Strategy].Caution is { } caution) StrategyLog.Caution(logger, options.Value.Strategy, caution);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
