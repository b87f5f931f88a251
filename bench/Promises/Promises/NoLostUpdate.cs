using System.Globalization;
using System.Text.Json;
using ShopSession.Promises.Bench.Http;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>Requests that overlap and change different things lose nothing; what was answered as written is read by the next request anywhere; counters are exact.</summary>
internal sealed class NoLostUpdate : IPromise
{
    private const int Writers = 6;
    private const int LongestHold = 20;

    private static readonly string[] Sides = ["left", "right"];

    public int Number => 2;

    public string Name => "no lost update, read your writes";

    public ShopKind Shop => ShopKind.Steady;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken) =>
    [
        await OverlappingAsync(trial, cancellationToken),
        await ReadYourWritesAsync(trial, cancellationToken),
        await CountersAsync(trial, cancellationToken),
        await CartAsync(trial, cancellationToken),
    ];

    private async Task<PromiseRow> OverlappingAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "no lost update: 6 overlapping writes and a slow read of one session, each at a random replica, then all read back");
        await trial.EachAsync(trial.Count(2_000, 40), 8, async (i, random, token) =>
        {
            var login = await trial.Lab.SignInAsync(random.One(trial.Shop.Replicas), $"update-{i}", token);
            var slowRead = trial.Lab.ReadAsync(random.One(trial.Shop.Replicas), login.Cookie, "key0", token, hold: LongestHold + 10);
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(async key =>
            {
                var replica = random.One(trial.Shop.Replicas);
                var written = await trial.Lab.WriteAsync(replica, login.Cookie, Key(key), Value(i, key), token, hold: random.Next(LongestHold));
                if (!written.IsOk) tally.Violation($"write at {replica.Name}: {written}");
            }).ToArray());
            await slowRead;
            for (var key = 0; key < Writers; key++)
            {
                var replica = random.One(trial.Shop.Replicas);
                var read = await trial.Lab.ReadAsync(replica, login.Cookie, Key(key), token);
                tally.Trial(read.Text == Value(i, key), () => $"{Key(key)} at {replica.Name}: {read}");
            }
        }, cancellationToken);
        return tally.ToRow();
    }

    private async Task<PromiseRow> ReadYourWritesAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "read your writes: written at one replica, read at once at another");
        const int Steps = 50;
        await trial.EachAsync(trial.Count(400, 10), 8, async (i, random, token) =>
        {
            var login = await trial.Lab.SignInAsync(random.One(trial.Shop.Replicas), $"read-{i}", token);
            for (var step = 0; step < Steps; step++)
            {
                var writer = random.One(trial.Shop.Replicas);
                var reader = random.OneOther(trial.Shop.Replicas, writer);
                var value = Value(i, step);
                var written = await trial.Lab.WriteAsync(writer, login.Cookie, "step", value, token);
                var read = await trial.Lab.ReadAsync(reader, login.Cookie, "step", token);
                tally.Trial(written.IsOk && read.Text == value, () => $"written at {writer.Name}: {written}, read at {reader.Name}: {read} instead of {value}");
            }
        }, cancellationToken);
        return tally.ToRow();
    }

    private async Task<PromiseRow> CountersAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "counters: incremented at all replicas at once; a trial is an increment");
        var increments = trial.Count(1_000, 100);
        await trial.EachAsync(trial.Count(10, 2), 2, async (i, random, token) =>
        {
            var login = await trial.Lab.SignInAsync(random.One(trial.Shop.Replicas), $"count-{i}", token);
            var replicas = trial.Shop.Replicas;
            var seen = new System.Collections.Concurrent.ConcurrentBag<string>();
            await Parallel.ForAsync(0, increments, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = token }, async (n, inner) =>
                seen.Add((await trial.Lab.CountAsync(replicas[n % replicas.Count], login.Cookie, "visits", inner)).Text));
            var distinct = seen.ToHashSet();
            for (var n = 1; n <= increments; n++)
            {
                var expected = n.ToString(CultureInfo.InvariantCulture);
                tally.Trial(distinct.Contains(expected), () => $"nobody was told {expected}");
            }
        }, cancellationToken);
        return tally.ToRow();
    }

    private async Task<PromiseRow> CartAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "the shop itself: a guest's first cart line through the gateway, while two replicas write to the same session");
        var products = await trial.Shop.Http.SendAsync(HttpMethod.Get, trial.Shop.Public("catalog", "/api/products?inStock=true&pageSize=5"), null, null, cancellationToken);
        if (products.Status != 200) throw new TrialException($"The catalog answered {products}.");
        var product = JsonDocument.Parse(products.Text).RootElement.GetProperty("items")[0].GetProperty("id").GetInt32();
        await trial.EachAsync(trial.Count(300, 10), 4, async (i, random, token) =>
        {
            var begun = await trial.Lab.WriteAsync(random.One(trial.Shop.Replicas), null, "begun", "yes", token);
            var cookie = begun.Cookie ?? throw new TrialException($"A guest's first write answered {begun}.");
            var added = trial.Shop.Http.SendAsync(HttpMethod.Post, trial.Shop.Public("cart", "/api/cart/items"), cookie, new { productId = product, quantity = 1 }, token);
            var writes = Sides.Select(key => trial.Lab.WriteAsync(random.One(trial.Shop.Replicas), cookie, key, Value(i, 0), token, hold: random.Next(LongestHold))).ToArray();
            Answer[] all = [await added, .. await Task.WhenAll(writes)];
            var cart = await trial.Shop.Http.SendAsync(HttpMethod.Get, trial.Shop.Public("cart", "/api/cart"), cookie, null, token);
            tally.Trial(all.All(answer => answer.IsOk) && cart.Text.Contains("\"count\":1,", StringComparison.Ordinal), () => $"cart: {added.Result}, then {cart}");
            foreach (var key in Sides)
            {
                var read = await trial.Lab.ReadAsync(random.One(trial.Shop.Replicas), cookie, key, token);
                tally.Trial(read.Text == Value(i, 0), () => $"{key}: {read}");
            }
        }, cancellationToken);
        return tally.ToRow();
    }

    private static string Key(int key) => string.Create(CultureInfo.InvariantCulture, $"key{key}");

    private static string Value(int session, int step) => string.Create(CultureInfo.InvariantCulture, $"{session}-{step}");
}
