using System.Diagnostics;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;
using ShopSession.Testing;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>The same when the message that a session ended cannot arrive: a silent wire between replicas and store.</summary>
internal sealed class RevocationUnheard : IPromise
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    public int Number => 6;

    public string Name => "revocation unheard";

    public ShopKind Shop => ShopKind.Troubled;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "revocation with a silent wire between catalog, cart and store: the last acceptance arrived how long after; never 2 s");
        ShopReplica[] deaf = [.. trial.ShopReplicas("catalog"), .. trial.ShopReplicas("cart")];
        for (var i = 0; i < trial.Count(20, 1); i++)
        {
            var random = new Random(trial.Options.Seed + i);
            var delays = await OnceAsync(trial, deaf, i, random, cancellationToken);
            foreach (var (replica, delay) in deaf.Zip(delays))
            {
                tally.Took(delay);
                tally.Trial(delay <= Revocation.Limit, () => $"{replica.Name} still accepted {delay.TotalSeconds:0.00} s after");
            }
        }

        tally.Note = "a trial is a replica; both directions silent, or only the one to the replicas, by turns";
        return [tally.ToRow()];
    }

    private static async Task<TimeSpan[]> OnceAsync(Trial trial, ShopReplica[] deaf, int number, Random random, CancellationToken cancellationToken)
    {
        var auth = random.One(trial.ShopReplicas("auth"));
        var user = $"unheard-{number}";
        var victim = await trial.Lab.SignInAsync(auth, user, cancellationToken);
        var owner = await trial.Lab.SignInAsync(auth, user, cancellationToken);
        await Task.WhenAll(deaf.Select(replica => trial.Lab.SeenAsync(replica, victim.Cookie, cancellationToken)));
        trial.Shop.Wire.BlackHole(toServer: number % 2 == 0);
        try
        {
            var revoked = await trial.Shop.Http.SendAsync(HttpMethod.Delete, new Uri(auth.Address, $"/api/devices/{victim.Handle}"), owner.Cookie, null, cancellationToken);
            if (revoked.Status != 204) throw new TrialException($"Revoking answered {revoked}.");
            var answered = Stopwatch.GetTimestamp();
            return await Task.WhenAll(deaf.Select(replica => LastAcceptedAsync(trial, replica, victim.Cookie, answered, cancellationToken)));
        }
        finally
        {
            trial.Shop.Wire.Pass();
            foreach (var replica in deaf)
                await Poll.UntilAsync(async () => (await trial.Lab.UserAsync(replica, owner.Cookie, cancellationToken)).Status == 200, Recovery, $"{replica.Name} hears its store again", cancellationToken);
        }
    }

    private static async Task<TimeSpan> LastAcceptedAsync(Trial trial, ShopReplica replica, string cookie, long since, CancellationToken cancellationToken)
    {
        var last = TimeSpan.Zero;
        while (Stopwatch.GetElapsedTime(since) < Watched)
        {
            var answer = await trial.Lab.UserAsync(replica, cookie, cancellationToken);
            if (answer.Status == 200) last = Stopwatch.GetElapsedTime(since);
            await Task.Delay(2, cancellationToken);
        }

        return last;
    }
}
