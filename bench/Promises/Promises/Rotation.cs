using System.Collections.Concurrent;
using System.Diagnostics;
using ShopSession.Promises.Bench.Http;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>A replaced id reads for a grace, so that requests on their way do not sign the user out; it never writes, and afterwards it is refused everywhere.</summary>
internal sealed class Rotation : IPromise
{
    private const int PerSession = 50;

    // A request on a starved machine may take long; what is judged was sent well within the grace.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    public int Number => 5;

    public string Name => "rotation";

    public ShopKind Shop => ShopKind.Steady;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken)
    {
        var reads = new Tally(Number, "rotation: reads with the current and the replaced id (also one replaced twice) during changes of id: nobody is signed out");
        var writes = new Tally(Number, "rotation: a write with the replaced id within the grace is refused (409)");
        var replaced = new ConcurrentBag<string>();
        await trial.EachAsync(trial.Count(10_000, 150) / PerSession, 12, (i, random, token) => ChangeAsync(trial, i, random, reads, writes, replaced, token), cancellationToken);
        reads.Note = $"{replaced.Count:N0} changes of id; times are of a change of id";
        var afterwards = await AfterwardsAsync(trial, [.. replaced], cancellationToken);
        return [reads.ToRow(), writes.ToRow(), afterwards];
    }

    private static async Task ChangeAsync(Trial trial, int session, Random random, Tally reads, Tally writes, ConcurrentBag<string> replaced, CancellationToken cancellationToken)
    {
        var replicas = trial.Shop.Replicas;
        var login = await trial.Lab.SignInAsync(random.One(replicas), $"rotate-{session}", cancellationToken);
        var (current, before, beforeReplacedAt) = (login.Cookie, (string?)null, 0L);
        for (var change = 0; change < PerSession; change++)
        {
            var rotation = trial.Lab.RotateAsync(random.One(replicas), current, cancellationToken);
            var parallel = new List<Task<Answer>> { trial.Lab.UserAsync(random.One(replicas), current, cancellationToken), trial.Lab.UserAsync(random.One(replicas), current, cancellationToken) };
            if (before is not null && Stopwatch.GetElapsedTime(beforeReplacedAt) + Margin < ShopPlan.Grace(trial.Options.Quick)) parallel.Add(trial.Lab.UserAsync(random.One(replicas), before, cancellationToken));
            var rotated = await rotation;
            if (!rotated.IsOk || rotated.Cookie is not { Length: > 0 } renewed) throw new TrialException($"A change of id answered {rotated}.");
            reads.Took(rotated.Took);
            var replacedAt = rotated.SentAt;
            parallel.Add(trial.Lab.UserAsync(random.One(replicas), renewed, cancellationToken));
            var late = await trial.Lab.WriteAsync(random.One(replicas), current, "late", "write", cancellationToken);
            if (Stopwatch.GetElapsedTime(replacedAt) + Margin < ShopPlan.Grace(trial.Options.Quick)) writes.Trial(late.Status == 409, () => $"{late}");
            foreach (var answer in await Task.WhenAll(parallel)) reads.Trial(answer.Status == 200 && answer.Text == login.User, () => $"{answer}");
            replaced.Add(current);
            (before, current, beforeReplacedAt) = (current, renewed, replacedAt);
        }

        var written = await trial.Lab.ReadAsync(random.One(replicas), current, "late", cancellationToken);
        if (written.Text.Length > 0) writes.Violation($"a write with a replaced id was stored: {written}");
    }

    private async Task<PromiseRow> AfterwardsAsync(Trial trial, string[] replaced, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "rotation: after the grace every replaced id is refused at a random replica, each 20th at all");
        await Task.Delay(ShopPlan.Grace(trial.Options.Quick) + TimeSpan.FromSeconds(1), cancellationToken);
        await trial.EachAsync(replaced.Length, 16, async (i, random, token) =>
        {
            foreach (var replica in i % 20 == 0 ? trial.Shop.Replicas : [random.One(trial.Shop.Replicas)])
            {
                var answer = await trial.Lab.UserAsync(replica, replaced[i], token);
                tally.Trial(answer.Status == 401, () => $"{replica.Name}: {answer}");
            }
        }, cancellationToken);
        return tally.ToRow();
    }
}
