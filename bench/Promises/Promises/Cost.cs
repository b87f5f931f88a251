using ShopSession.Promises.Bench.Http;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;
using ShopSession.Testing;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>What requests cost the store, by the store's own count. A read is one HGETALL (with the index in the same pipeline), a write one EXEC.</summary>
internal sealed class Cost : IPromise
{
    // A copy is not served while the store was silent for too long, which a starved machine brings about: then it costs the one read that is promised "otherwise".
    private const double LeastHits = 0.9;

    public int Number => 12;

    public string Name => "cost";

    public ShopKind Shop => ShopKind.Steady;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken)
    {
        Tally first = new(Number, "cost: the first read at a replica is 1 read of the store"), near = new(Number, "cost: the next one is none, or 1 where the near copy may not be served"),
            write = new(Number, "cost: a write is 1 write"), without = new(Number, "cost: an endpoint without session, with the cookie: none"),
            guest = new(Number, "cost: a page for a visitor without cookie, through the gateway: none, and no cookie");
        await using var redis = await trial.Shop.Store.ConnectAsync(cancellationToken);
        var hits = 0;
        var rounds = trial.Count(500, 40);
        for (var i = 0; i < rounds; i++)
        {
            var random = new Random(trial.Options.Seed + i);
            var maker = random.One(trial.Shop.Replicas);
            var login = await trial.Lab.SignInAsync(maker, $"cost-{i}", cancellationToken);
            var reader = random.OneOther(trial.Shop.Replicas, maker);
            await JudgeAsync(first, () => trial.Lab.UserAsync(reader, login.Cookie, cancellationToken), cost => cost is { Reads: 1, Writes: 0, HashSets: 0 });
            await JudgeAsync(near, () => trial.Lab.UserAsync(reader, login.Cookie, cancellationToken), cost =>
            {
                if (cost.Reads == 0) hits++;
                return cost is { Reads: <= 1, Writes: 0, HashSets: 0 };
            });
            await JudgeAsync(write, () => trial.Lab.WriteAsync(reader, login.Cookie, "color", "green", cancellationToken), cost => cost is { Reads: <= 1, Writes: 1, HashSets: 1 });
            await JudgeAsync(without, () => trial.Shop.Http.SendAsync(HttpMethod.Get, new Uri(reader.Address, "/alive"), login.Cookie, null, cancellationToken), cost => cost is { Reads: 0, Writes: 0, HashSets: 0 });
            var page = await JudgeAsync(guest, () => trial.Shop.Http.SendAsync(HttpMethod.Get, trial.Shop.Public("catalog", "/products"), null, null, cancellationToken), cost => cost is { Reads: 0, Writes: 0, HashSets: 0 });
            if (page.SetCookies.Count > 0) guest.Violation($"a cookie was set: {page.SetCookies[0]}");
        }

        if (hits < rounds * LeastHits) near.Violation($"only {hits} of {rounds} were served from the near copy");
        near.Note = $"{hits:N0} of {rounds:N0} from the near copy";
        return [first.ToRow(), near.ToRow(), write.ToRow(), without.ToRow(), guest.ToRow()];

        async Task<Answer> JudgeAsync(Tally tally, Func<Task<Answer>> request, Func<StoreCounts, bool> isPromised)
        {
            var before = await StoreCounts.ReadAsync(redis, cancellationToken);
            var answer = await request();
            var cost = await StoreCounts.ReadAsync(redis, cancellationToken) - before;
            tally.Took(answer.Took);
            tally.Trial(answer.Status == 200 && isPromised(cost), () => $"{answer.Status}: {cost}");
            return answer;
        }
    }
}
