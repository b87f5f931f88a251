using System.Globalization;
using ShopSession.Promises.Bench.Http;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>Visitors of all kinds who go on while the store fails, each judged by what may happen to them.</summary>
internal sealed class OutageLoad(Trial trial, int number)
{
    /// <summary>The client's limit for one command is 2 s, and a request may need a second one; the rest is for a busy machine.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(5);

    private const int MostSignOuts = 50;

    private readonly Tally _browsing = new(number, "store failure: pages for anonymous visitors through the gateway all along: always 200");
    private readonly Tally _signedIn = new(number, "store failure: requests that need their login: 200 as themselves, or 503 with Retry-After within 5 s; never 401");
    private readonly Tally _naming = new(number, "store failure: GET /api/session of a login, through the gateway: signed in as themselves, or 503 with Retry-After within 5 s; never \"not signed in\"");
    private readonly Tally _leaving = new(number, "store failure: sign-outs: done, or 503 with Retry-After within 5 s; no login whose sign-out was reported as done is let in afterwards");
    private readonly Tally _writing = new(number, "store failure: writes: stored, or 503 with Retry-After within 5 s; read back afterwards, none that was reported as done is missing");
    private readonly Tally _strangers = new(number, "store failure: requests with an ended or made-up id are never let in");
    private readonly List<Task> _running = [];
    private volatile bool _stopped;

    /// <summary>A login from before the outage.</summary>
    public string? Cookie { get; private set; }

    public IEnumerable<PromiseRow> Rows => [_browsing.ToRow(), _signedIn.ToRow(), _naming.ToRow(), _writing.ToRow(), _leaving.ToRow(), _strangers.ToRow()];

    public async Task StartAsync(string name, bool keepsLogins, CancellationToken cancellationToken)
    {
        _stopped = false;
        var auth = trial.ShopReplicas("auth")[0];
        var login = await trial.Lab.SignInAsync(auth, $"outage-{name}", cancellationToken);
        Cookie = login.Cookie;
        var gone = await trial.Lab.SignInAsync(auth, $"outage-{name}-gone", cancellationToken);
        await trial.Lab.SignOutAsync(auth, gone.Cookie, cancellationToken);
        for (var i = 0; i < 2; i++) Run(BrowseAsync);
        foreach (var id in new[] { gone.Cookie, new string('A', 60) }) Run(random => StrangeAsync(random, id));
        // A wiped store has forgotten everyone, and rightly says so.
        if (!keepsLogins) return;
        for (var i = 0; i < 3; i++) Run(random => StaySignedInAsync(random, login));
        Run(random => SayWhoAsync(random, login));
        var leaving = new List<Login>();
        for (var i = 0; i < MostSignOuts; i++) leaving.Add(await trial.Lab.SignInAsync(auth, $"outage-{name}-leaver-{i}", cancellationToken));
        Run(random => LeaveAsync(random, leaving));
        for (var i = 0; i < 3; i++)
        {
            var writer = await trial.Lab.SignInAsync(auth, $"outage-{name}-writer-{i}", cancellationToken);
            Run(random => WriteAsync(random, writer.Cookie));
        }
    }

    /// <summary>Ends the load; writers then read back what they wrote.</summary>
    public async Task StopAsync()
    {
        _stopped = true;
        await Task.WhenAll(_running);
        _running.Clear();
    }

    private void Run(Func<Random, Task> visitor) => _running.Add(visitor(new Random(trial.Options.Seed + _running.Count)));

    private async Task BrowseAsync(Random random)
    {
        while (await GoesOnAsync())
        {
            var page = await trial.Shop.Http.SendAsync(HttpMethod.Get, trial.Shop.Public(random.Next(2) == 0 ? "" : "catalog", random.Next(2) == 0 ? "/products" : "/"), null, null, CancellationToken.None);
            _browsing.Took(page.Took);
            // The front of catalog's own host leads to its list.
            _browsing.Trial(page.Status is 200 or 301 or 302 or 307 or 308, () => $"{page}");
        }
    }

    private async Task StaySignedInAsync(Random random, Login login)
    {
        while (await GoesOnAsync())
        {
            var replica = random.One(trial.Shop.Replicas);
            var answer = await trial.Lab.UserAsync(replica, login.Cookie, CancellationToken.None);
            _signedIn.Took(answer.Took);
            _signedIn.Trial(answer is { Status: 200 } ? answer.Text == login.User : SaysLater(answer), () => $"{replica.Name} after {answer.Took.TotalSeconds:0.0} s: {answer}");
        }
    }

    private async Task SayWhoAsync(Random random, Login login)
    {
        while (await GoesOnAsync())
        {
            var answer = await trial.Shop.Http.SendAsync(HttpMethod.Get, trial.Shop.Public(random.One(BenchShop.Siblings), "/api/session"), login.Cookie, null, CancellationToken.None);
            _naming.Took(answer.Took);
            _naming.Trial(answer is { Status: 200 } ? answer.Text.Contains($"\"userName\":\"{login.User}\"", StringComparison.Ordinal) : SaysLater(answer), () => $"after {answer.Took.TotalSeconds:0.0} s: {answer}");
        }
    }

    /// <summary>Signs one login out after the other, each until it is done, and at the end looks whether they are.</summary>
    private async Task LeaveAsync(Random random, List<Login> logins)
    {
        var done = new List<Login>();
        while (await GoesOnAsync())
        {
            // Not all at the beginning: some are to fall into the outage and some after it.
            await Task.Delay(random.Next(50, 250), CancellationToken.None);
            if (done.Count == logins.Count) continue;
            var login = logins[done.Count];
            var replica = random.One(trial.Shop.Replicas);
            var answer = await trial.Lab.SignOutAsync(replica, login.Cookie, CancellationToken.None);
            _leaving.Took(answer.Took);
            _leaving.Trial(answer.IsOk || SaysLater(answer), () => $"{replica.Name} after {answer.Took.TotalSeconds:0.0} s: {answer}");
            if (answer.IsOk) done.Add(login);
        }

        foreach (var login in done)
        {
            var replica = random.One(trial.Shop.Replicas);
            var (answer, _) = await trial.Lab.UntilRefusedAsync(replica, login.Cookie, Revocation.Limit, CancellationToken.None);
            if (answer.Status != 401) _leaving.Violation($"{login.User} at {replica.Name} after a sign-out that was reported as done: {answer}");
        }
    }

    private async Task StrangeAsync(Random random, string id)
    {
        while (await GoesOnAsync())
        {
            var replica = random.One(trial.Shop.Replicas);
            var answer = await trial.Lab.UserAsync(replica, id, CancellationToken.None);
            _strangers.Trial(answer.Status is 401 or 503, () => $"{replica.Name}: {answer}");
        }
    }

    private async Task WriteAsync(Random random, string cookie)
    {
        var (stored, tried) = (0, 0);
        while (await GoesOnAsync())
        {
            tried++;
            var replica = random.One(trial.Shop.Replicas);
            var answer = await trial.Lab.WriteAsync(replica, cookie, "step", tried.ToString(CultureInfo.InvariantCulture), CancellationToken.None);
            _writing.Took(answer.Took);
            if (answer.IsOk) stored = tried;
            _writing.Trial(answer.IsOk || SaysLater(answer), () => $"{replica.Name} after {answer.Took.TotalSeconds:0.0} s: {answer}");
        }

        // What was answered with 503 may have been stored or not; what was answered as done must be.
        var read = await trial.Lab.ReadAsync(random.One(trial.Shop.Replicas), cookie, "step", CancellationToken.None);
        var found = int.TryParse(read.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : 0;
        if (found < stored || found > tried) _writing.Violation($"{stored} was reported as stored (of {tried} tried), found {read}");
    }

    private static bool SaysLater(Answer answer) => answer is { Status: 503, HasRetryAfter: true } && answer.Took <= InTime;

    private async Task<bool> GoesOnAsync()
    {
        if (_stopped) return false;
        await Task.Delay(5, CancellationToken.None);
        return true;
    }
}
