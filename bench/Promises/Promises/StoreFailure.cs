using System.Diagnostics;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>
/// The store may fail: anonymous browsing goes on, what needs a session says so in time, nothing unstored is reported as done, nobody is logged in by default, and everything works again by itself.
/// </summary>
internal sealed class StoreFailure : IPromise
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    public int Number => 8;

    public string Name => "the store may fail";

    public ShopKind Shop => ShopKind.Troubled;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken)
    {
        var load = new OutageLoad(trial, Number);
        var recovery = new Tally(Number, "store failure: back to signed-in answers of every replica without a restart; times: from the store's return");
        OutageKind[] kinds = trial.Options.Quick ? [OutageKind.Paused, OutageKind.Killed, OutageKind.Wiped] : [OutageKind.Paused, OutageKind.Stopped, OutageKind.Killed, OutageKind.Wiped];
        var rounds = trial.Count(5, 1);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var kind in kinds)
            {
                // With fsync at each write the store itself keeps its word through SIGKILL; without, a second may be missing.
                await trial.Shop.Store.SendAsync("CONFIG", "SET", "appendfsync", "always");
                await load.StartAsync($"{kind}-{round}", kind != OutageKind.Wiped, cancellationToken);
                try
                {
                    await OnceAsync(trial, load, kind, round, recovery, cancellationToken);
                }
                finally
                {
                    await load.StopAsync();
                }
            }
        }

        recovery.Note = $"{rounds:N0} times each: {string.Join(", ", kinds.Select(kind => kind.ToString().ToLowerInvariant()))}, under load";
        return [.. load.Rows, recovery.ToRow()];
    }

    private static async Task OnceAsync(Trial trial, OutageLoad load, OutageKind kind, int round, Tally recovery, CancellationToken cancellationToken)
    {
        await Task.Delay(500, cancellationToken);
        await Outage.BeginAsync(kind, trial.Shop.Store, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(trial.Count(5, 3)), cancellationToken);
        await Outage.EndAsync(kind, trial.Shop.Store, cancellationToken);
        var returned = Stopwatch.GetTimestamp();
        var recovered = await UntilRecoveredAsync(trial, load, kind, round, cancellationToken);
        recovery.Trial(recovered, () => $"{kind}: not all replicas answer signed-in requests after {Recovery.TotalSeconds:0} s");
        recovery.Took(Stopwatch.GetElapsedTime(returned));
    }

    private static async Task<bool> UntilRecoveredAsync(Trial trial, OutageLoad load, OutageKind kind, int round, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var replica in trial.Shop.Replicas)
        {
            while (true)
            {
                // After a wipe everyone signs in anew; else the login from before the outage must work.
                var cookie = kind == OutageKind.Wiped ? (await trial.Lab.TrySignInAsync(replica, $"recovered-{round}-{replica.Name}", null, cancellationToken)).Cookie : load.Cookie;
                if (cookie is not null && (await trial.Lab.UserAsync(replica, cookie, cancellationToken)).Status == 200) break;
                if (Stopwatch.GetElapsedTime(started) > Recovery) return false;
                await Task.Delay(20, cancellationToken);
            }
        }

        return true;
    }
}
