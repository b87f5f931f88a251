using Microsoft.Extensions.Hosting;

namespace ShopSession.Web.Draining;

/// <summary>Holds the stop (SIGTERM, Ctrl+C) back while the replica drains: the host stops the web server only after every <see cref="StoppingAsync"/> has returned.</summary>
internal sealed class DrainBeforeStop(Drain drain) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => drain.RunAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
