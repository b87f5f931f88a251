using System.Diagnostics;
using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Measuring;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Jobs;

/// <summary>Measures one job after the other; a shop is kept for the next job when that can use it.</summary>
internal sealed class JobRunner(LabOptions options, Action<string> say) : IAsyncDisposable
{
    private LabShop? _shop;

    public async Task<object> MeasureAsync(Job job, CancellationToken cancellationToken)
    {
        if (!job.IsOnCommonShop) await EndShopAsync();
        return job.Kind switch
        {
            JobKind.Cell => await new CellLab(await CommonShopAsync(job, cancellationToken), options, say).MeasureAsync(cancellationToken),
            JobKind.Figures => await new WayLab(await CommonShopAsync(job, cancellationToken), options).MeasureAsync(cancellationToken),
            JobKind.Growth => await new GrowthLab(options, say).MeasureAsync(job.Way, cancellationToken),
            JobKind.Life => await new LifeLab(options).MeasureAsync(job.Way, cancellationToken),
            JobKind.Logins => await new LoginLab(options).MeasureAsync(job.Way, cancellationToken),
            JobKind.Url => await new UrlLab(options).MeasureAsync(job.Way, cancellationToken),
            _ => throw new UnreachableException($"No such job: {job.Kind}."),
        };
    }

    /// <summary>Ends the shop that was kept, after a job that failed in it.</summary>
    public async Task EndShopAsync()
    {
        if (_shop is { } shop) await shop.DisposeAsync();
        _shop = null;
    }

    public async ValueTask DisposeAsync() => await EndShopAsync();

    private async Task<LabShop> CommonShopAsync(Job job, CancellationToken cancellationToken)
    {
        if (_shop is { } kept && kept.Plan.Way == job.Way && kept.Plan.Policy == job.Policy) return kept;
        await EndShopAsync();
        return _shop = await LabShop.StartAsync(new ShopPlan(job.Way, job.Policy, options.Replicas) { Siblings = options.Siblings }, cancellationToken);
    }
}
