using System.Collections.Concurrent;
using System.Diagnostics;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>
/// A session that was signed out is never alive again, whatever was on its way meanwhile. A replica that holds a copy near may be asked before it has heard: that is promise 6's delay, with its limit, and is counted; what
/// outlives it, or lives after it was refused, is a resurrection.
/// </summary>
internal sealed class NoResurrection : IPromise
{
    private const int Users = 500;

    public int Number => 3;

    public string Name => "no resurrection";

    public ShopKind Shop => ShopKind.Steady;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken) =>
    [
        await RaceAsync(trial, "no resurrection: sign-out and a save of one session race on two replicas; asked afterwards at a third", trial.Count(100_000, 600), rotates: false, cancellationToken),
        await RaceAsync(trial, "no resurrection: the same with a change of id as the third runner; its new id is asked too", trial.Count(10_000, 200), rotates: true, cancellationToken),
    ];

    private async Task<PromiseRow> RaceAsync(Trial trial, string what, int races, bool rotates, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, what);
        var (savesFirst, rotationsFirst) = (0, 0);
        var (later, unheard) = (new ConcurrentBag<string>(), new ConcurrentBag<double>());
        var replicas = trial.Shop.Replicas;
        await trial.EachAsync(races, 24, async (i, random, token) =>
        {
            var login = await trial.Lab.SignInAsync(random.One(replicas), $"race-{rotates}-{i % Users}", token);
            var (saver, leaver, changer) = (random.One(replicas), random.One(replicas), random.One(replicas));
            var save = trial.Lab.WriteAsync(saver, login.Cookie, "note", "late", token, hold: random.Next(4));
            var rotation = rotates ? trial.Lab.RotateAsync(changer, login.Cookie, token) : null;
            if (random.Next(2) == 0) await Task.Yield();
            var signedOut = await trial.Lab.SignOutAsync(leaver, login.Cookie, token);
            var saved = await save;
            if (saved.IsOk) Interlocked.Increment(ref savesFirst);
            else if (saved.Status != 409) tally.Violation($"the save was answered {saved}");
            string[] cookies = [login.Cookie];
            if (rotation is not null && (await rotation).Cookie is { Length: > 0 } renewed)
            {
                Interlocked.Increment(ref rotationsFirst);
                cookies = [login.Cookie, renewed];
            }

            if (!signedOut.IsOk)
            {
                tally.Violation($"the sign-out was answered {signedOut}");
                return;
            }

            var asked = random.One(replicas);
            foreach (var cookie in cookies)
            {
                var since = Stopwatch.GetTimestamp();
                var (answer, isLate) = await trial.Lab.UntilRefusedAsync(asked, cookie, Revocation.Limit, token);
                if (isLate && answer.Status == 401) unheard.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                tally.Trial(answer.Status == 401, () => $"{(cookie == login.Cookie ? "the id" : "the new id")} is alive at {asked.Name} after {leaver.Name} signed it out, saver {saver.Name} {saved.Status}: {answer}");
                if (i % 20 == 0) later.Add(cookie);
            }
        }, cancellationToken);

        var dead = later.ToArray();
        await trial.EachAsync(dead.Length, 16, async (i, random, token) =>
        {
            var replica = random.One(replicas);
            var answer = await trial.Lab.UserAsync(replica, dead[i], token);
            if (answer.Status != 401) tally.Violation($"alive at {replica.Name} long after: {answer}");
        }, cancellationToken);
        tally.Note = (rotates ? $"{rotationsFirst:N0} changes of id came first" : $"{savesFirst:N0} saves came first; {dead.Length:N0} asked again at the end")
            + (unheard.IsEmpty ? "" : $"; {unheard.Count:N0} asked a copy that had not heard yet, refused after {unheard.Max():0.0} ms at most");
        return tally.ToRow();
    }
}
