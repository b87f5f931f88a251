using System.Diagnostics;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>A revoked session is refused by every replica at once.</summary>
internal sealed class Revocation : IPromise
{
    /// <summary>After this time no replica may accept what was revoked, whatever is lost on the way.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private const double P99Milliseconds = 100;

    public int Number => 6;

    public string Name => "revocation";

    public ShopKind Shop => ShopKind.Steady;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "revocation: from \"revoked\" answered (device list, through the gateway) to \"refused\" by the last of all replicas; never after 2 s");
        for (var i = 0; i < trial.Count(1_000, 40); i++)
        {
            var random = new Random(trial.Options.Seed + i);
            var delay = await OnceAsync(trial, $"revoke-{i}", random, cancellationToken);
            tally.Took(delay);
            tally.Trial(delay <= Limit, () => $"still accepted {delay.TotalSeconds:0.00} s after");
        }

        tally.Note = "upper bounds: a refusal counts when it has arrived";
        if (!trial.Options.Quick && tally.Times()!.P99 >= P99Milliseconds) tally.Violation($"p99 is {tally.Times()!.P99:0.0} ms; promised is less than {P99Milliseconds} ms");
        return [tally.ToRow()];
    }

    private static async Task<TimeSpan> OnceAsync(Trial trial, string user, Random random, CancellationToken cancellationToken)
    {
        var auth = trial.ShopReplicas("auth");
        var victim = await trial.Lab.SignInAsync(random.One(auth), user, cancellationToken);
        var owner = await trial.Lab.SignInAsync(random.One(auth), user, cancellationToken);
        // Every replica has read the session, and keeps it near.
        await Task.WhenAll(trial.Shop.Replicas.Select(replica => trial.Lab.UserAsync(replica, victim.Cookie, cancellationToken)));

        var revoked = await trial.Shop.Http.SendAsync(HttpMethod.Delete, trial.Shop.Public("auth", $"/api/devices/{victim.Handle}"), owner.Cookie, null, cancellationToken);
        if (revoked.Status != 204) throw new TrialException($"Revoking answered {revoked}.");
        var answered = Stopwatch.GetTimestamp();
        var delays = await Task.WhenAll(trial.Shop.Replicas.Select(replica => DelayAsync(trial, replica, victim.Cookie, answered, cancellationToken)));
        return delays.Max();
    }

    private static async Task<TimeSpan> DelayAsync(Trial trial, ShopReplica replica, string cookie, long since, CancellationToken cancellationToken)
    {
        await trial.Lab.UntilRefusedAsync(replica, cookie, Patience, cancellationToken);
        return Stopwatch.GetElapsedTime(since);
    }
}
