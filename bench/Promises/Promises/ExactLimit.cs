using ShopSession.Promises.Bench.Http;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>Of simultaneous logins of one user exactly as many are alive as the limit allows.</summary>
internal sealed class ExactLimit : IPromise
{
    public int Number => 4;

    public string Name => "exact limit";

    public ShopKind Shop => ShopKind.Steady;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken) =>
        [await TryAsync(trial, "catalog", "the newest wins", cancellationToken), await TryAsync(trial, "cart", "the next is refused", cancellationToken)];

    // The limit is applied where a user signs in, so in one shop catalog's replicas keep one policy and cart's the other.
    private async Task<PromiseRow> TryAsync(Trial trial, string service, string policy, CancellationToken cancellationToken)
    {
        var logins = trial.Count(1_000, 100);
        var tally = new Tally(Number, $"exact limit: {logins:N0} logins of one user at once, limit {ShopPlan.Limit}, {policy}; a trial is a wave");
        var replicas = trial.ShopReplicas(service);
        var (refused, unavailable) = (0, 0);
        for (var wave = 0; wave < trial.Count(5, 1); wave++)
        {
            var user = $"limit-{service}-{wave}";
            var answers = await Task.WhenAll(Enumerable.Range(0, logins).Select(i => trial.Lab.TrySignInAsync(replicas[i % replicas.Count], user, null, cancellationToken)));
            refused += answers.Count(answer => answer.Status == 409);
            unavailable += answers.Count(answer => !answer.IsOk && answer.Status != 409);
            var alive = await AliveAsync(trial, answers, cancellationToken);
            var expected = Math.Min(ShopPlan.Limit, logins);
            var count = wave;
            tally.Trial(alive.Length == expected, () => $"wave {count}: {alive.Length} alive instead of {expected}");
            foreach (var answer in answers) tally.Took(answer.Took);

            // The device list, an ordinary page's source, must name the same number.
            var devices = await trial.Shop.Http.SendAsync(HttpMethod.Get, new Uri(trial.ShopReplicas("auth")[0].Address, "/api/devices"), alive.FirstOrDefault(), null, cancellationToken);
            var listed = devices.Text.Split("\"current\"").Length - 1;
            if (listed != expected) tally.Violation($"wave {count}: the device list names {listed} sessions instead of {expected}: {devices}");
        }

        tally.Note = $"{refused:N0} refused with 409, {unavailable:N0} with another status; times are of a sign-in in the crowd";
        return tally.ToRow();
    }

    private static async Task<string[]> AliveAsync(Trial trial, Answer[] answers, CancellationToken cancellationToken)
    {
        var cookies = answers.Select(answer => answer.Cookie).OfType<string>().Where(cookie => cookie.Length > 0).ToArray();
        var alive = new System.Collections.Concurrent.ConcurrentBag<string>();
        await trial.EachAsync(cookies.Length, 16, async (i, random, token) =>
        {
            if ((await trial.Lab.UserAsync(random.One(trial.Shop.Replicas), cookies[i], token)).Status == 200) alive.Add(cookies[i]);
        }, cancellationToken);
        return [.. alive];
    }
}
