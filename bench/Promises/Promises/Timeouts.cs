using System.Diagnostics;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>Sessions end when they were not used, and at their absolute end, by the server's time; last use is written at most once per interval.</summary>
internal sealed class Timeouts : IPromise
{
    // What the server's clock, asked over the wire, may be off.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public int Number => 7;

    public string Name => "timeouts";

    public ShopKind Shop => ShopKind.Troubled;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken) =>
        [.. await LifetimesAsync(trial, cancellationToken), await SlidingAsync(trial, cancellationToken), await SkewedClocks.TryAsync(trial, Number, cancellationToken)];

    private async Task<PromiseRow[]> LifetimesAsync(Trial trial, CancellationToken cancellationToken)
    {
        var idle = new Tally(Number, $"idle timeout of {ShopPlan.ShortIdle.TotalSeconds:0} s: sessions looked at (which is no use) at random replicas end then, not before; times: how long after");
        var absolute = new Tally(Number, $"absolute timeout of {ShopPlan.ShortAbsolute.TotalSeconds:0} s: sessions in constant use end then, not before; times: how long after");
        var sessions = trial.Count(100, 10);
        await Task.WhenAll(
            trial.EachAsync(sessions, sessions, (i, random, token) => LiveAsync(trial, $"idle-{i}", used: false, ShopPlan.ShortIdle, idle, random, token), cancellationToken),
            trial.EachAsync(sessions, sessions, (i, random, token) => LiveAsync(trial, $"absolute-{i}", used: true, ShopPlan.ShortAbsolute, absolute, random, token), cancellationToken));
        return [idle.ToRow(), absolute.ToRow()];
    }

    private static async Task LiveAsync(Trial trial, string user, bool used, TimeSpan promised, Tally tally, Random random, CancellationToken cancellationToken)
    {
        var cart = trial.ShopReplicas("cart");
        var sent = Stopwatch.GetTimestamp();
        var login = await trial.Lab.SignInAsync(random.One(cart), user, cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(sent) < GiveUp)
        {
            await Task.Delay(Pause, cancellationToken);
            var replica = random.One(cart);
            var answer = used ? await trial.Lab.UserAsync(replica, login.Cookie, cancellationToken) : await trial.Lab.SeenAsync(replica, login.Cookie, cancellationToken);
            if (answer.Text == user)
            {
                var late = Stopwatch.GetElapsedTime(begun, answer.SentAt) - promised;
                if (late <= Tolerance) continue;
                tally.Trial(false, () => $"{replica.Name} still accepted a request sent {late.TotalSeconds:0.00} s after the end");
                return;
            }

            // Refused when the answer was here before the time, counted from before the sign-in, was over: too early.
            var lived = Stopwatch.GetElapsedTime(sent);
            tally.Trial(lived >= promised - Tolerance, () => $"{replica.Name} refused after {lived.TotalSeconds:0.00} s: {answer}");
            tally.Took(lived - promised);
            return;
        }

        tally.Trial(false, () => "never ended");
    }

    private async Task<PromiseRow> SlidingAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, $"sliding: requests of one session, one after the other over all of cart's replicas; last use is written once per {ShopPlan.ShortSliding.TotalSeconds:0} s at most");
        var cart = trial.ShopReplicas("cart");
        await using var redis = await trial.Shop.Store.ConnectAsync(cancellationToken);
        var (requests, writes, allowed) = (0L, 0L, 0L);
        for (var session = 0; session < trial.Count(3, 1); session++)
        {
            var login = await trial.Lab.SignInAsync(cart[0], $"sliding-{session}", cancellationToken);
            var before = await StoreCounts.ReadAsync(redis, cancellationToken);
            var started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(trial.Count(6, 3)))
            {
                var answer = await trial.Lab.UserAsync(cart[(int)(requests++ % cart.Count)], login.Cookie, cancellationToken);
                tally.Trial(answer.Status == 200, () => $"{answer}");
            }

            // Last use is kept in whole seconds: at most one write as each second of the clock begins.
            allowed += (long)Math.Ceiling(Stopwatch.GetElapsedTime(started) / ShopPlan.ShortSliding) + 1;
            writes += (await StoreCounts.ReadAsync(redis, cancellationToken) - before).HashSets;
        }

        if (writes > allowed) tally.Violation($"{writes} writes where at most {allowed} were due");
        if (writes == 0) tally.Violation("nothing was ever written: sessions in use would end");
        tally.Note = $"{writes:N0} writes; {allowed:N0} allowed";
        return tally.ToRow();
    }
}
