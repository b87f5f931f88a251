using System.Diagnostics;
using System.Globalization;
using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>Signs out where the client carries the session, and asks with a copy of its cookies at another replica until that is refused. The idle time is short, so that it can be awaited.</summary>
internal sealed class LifeLab(LabOptions options)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public async Task<LifeResult> MeasureAsync(Way way, CancellationToken cancellationToken)
    {
        var plan = new ShopPlan(way, way.Policies[0], Replicas: 2) { Siblings = 1, Spare = 0, Settings = new Dictionary<string, string> { ["Session__IdleTimeout"] = Idle.ToString("c", CultureInfo.InvariantCulture) } };
        await using var shop = await LabShop.StartAsync(plan, cancellationToken);
        var client = shop.NewClient();
        await client.SignInAsync(shop.Addresses[0], "leaver", cancellationToken);
        var since = Stopwatch.GetTimestamp();
        var copy = client.Copy();
        await client.SignOutAsync(shop.Addresses[0], cancellationToken);
        var signedOut = Stopwatch.GetElapsedTime(since);
        while ((await copy.SeenAsync(shop.Addresses[1], cancellationToken)).Length > 0)
        {
            if (Stopwatch.GetElapsedTime(since) > Limit) throw new LabException($"A copy of the cookies was still accepted after {Limit.TotalSeconds:0} s, with an idle time of {Idle.TotalSeconds:0} s.");
            await Task.Delay(Pause, cancellationToken);
        }
        return new LifeResult
        {
            Way = way.Name,
            Under = Circumstances.Now(plan.Replicas, plan.Siblings, options.Quick),
            IdleSeconds = Idle.TotalSeconds,
            SignedOutAfterSeconds = signedOut.TotalSeconds,
            RefusedAfterSeconds = Stopwatch.GetElapsedTime(since).TotalSeconds,
        };
    }
}
