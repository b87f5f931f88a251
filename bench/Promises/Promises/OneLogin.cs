using ShopSession.Promises.Bench.Http;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>Signed in at one sibling is signed in at all, on every replica, at the next request.</summary>
internal sealed class OneLogin : IPromise
{
    private const int LoginsPerAccount = 10;

    public int Number => 1;

    public string Name => "one login";

    public ShopKind Shop => ShopKind.Steady;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken) =>
        [await AnywhereAsync(trial, cancellationToken), await ThroughTheGatewayAsync(trial, cancellationToken)];

    private async Task<PromiseRow> AnywhereAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "one login: signed in at a random replica of a random sibling, asked at once at every replica of all siblings");
        var logins = trial.Count(2_000, 60);
        await trial.EachAsync(logins, 8, async (i, random, token) =>
        {
            var login = await trial.Lab.SignInAsync(random.One(trial.Shop.Replicas), $"one-{i}", token);
            foreach (var replica in random.Shuffled(trial.Shop.Replicas)) Judge(tally, await trial.Lab.UserAsync(replica, login.Cookie, token), login.User, replica);
        }, cancellationToken);
        tally.Note = $"{logins:N0} logins";
        return tally.ToRow();
    }

    private async Task<PromiseRow> ThroughTheGatewayAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "one login: with a password through the gateway, then every sibling through it and every replica");
        var accounts = trial.Count(10, 1);
        await trial.EachAsync(accounts, 2, async (i, random, token) =>
        {
            var account = new { email = $"one-{i}@example.com", password = $"a long pass phrase of account {i}", displayName = $"Visitor {i}" };
            await ExpectAsync(trial.Shop.Http.SendAsync(HttpMethod.Post, trial.Shop.Public("auth", "/api/register"), null, account, token), 201);
            for (var login = 0; login < LoginsPerAccount; login++)
            {
                var answer = await ExpectAsync(trial.Shop.Http.SendAsync(HttpMethod.Post, trial.Shop.Public("auth", "/api/login"), null, account, token), 200);
                var cookie = answer.Cookie;
                foreach (var sibling in random.Shuffled(BenchShop.Siblings))
                {
                    var seen = await trial.Shop.Http.SendAsync(HttpMethod.Get, trial.Shop.Public(sibling, "/api/session"), cookie, null, token);
                    tally.Trial(seen.Text.Contains($"\"userName\":\"{account.displayName}\"", StringComparison.Ordinal), () => $"{sibling} through the gateway: {seen}");
                }

                foreach (var replica in random.Shuffled(trial.Shop.Replicas)) Judge(tally, await trial.Lab.UserAsync(replica, cookie, token), account.displayName, replica);
            }
        }, cancellationToken);
        tally.Note = $"{accounts * LoginsPerAccount:N0} logins";
        return tally.ToRow();
    }

    private static void Judge(Tally tally, Answer answer, string user, ShopReplica replica) =>
        tally.Trial(answer.Status == 200 && answer.Text == user, () => $"{replica.Name}: {answer} instead of {user}");

    private static async Task<Answer> ExpectAsync(Task<Answer> sending, int status)
    {
        var answer = await sending;
        return answer.Status == status ? answer : throw new TrialException($"Expected {status}: {answer}");
    }
}
