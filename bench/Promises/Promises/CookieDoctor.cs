using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;
using ShopSession.Testing;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>Settings under which the cookie cannot work stop the start with one message; of several cookies of the name the valid one wins, and strays are expired.</summary>
internal sealed class CookieDoctor : IPromise
{
    private static readonly (string Setting, string Value, string Says)[] Wrong =
    [
        ("Session__Domain", "localhost", "Session:Domain"),
        ("Session__Domain", "co.uk", "public suffix"),
        ("Session__CookieName", "__Host-sid", "__Secure-"),
        ("Session__Domain", "other.example", "sibling"),
        ("Session__Domain", "127.0.0.1", "Session:Domain"),
        ("Session__Domain", ".shop.localhost", "Session:Domain"),
        ("Session__CookieName", "a b", "Session:CookieName"),
        ("Session__Strategy", "magic", "Session:Strategy"),
        ("Session__IdleTimeout", "00:00:00", "Session:IdleTimeout"),
        ("Session__SlidingInterval", "01:00:00", "Session:SlidingInterval"),
        ("Session__MaxPerUser", "-1", "Session:MaxPerUser"),
        ("Session__IdleTimeout", "soon", "IdleTimeout"),
        ("Shop__Domain", "localhost", "Shop:Domain"),
    ];

    public int Number => 11;

    public string Name => "cookie doctor";

    public ShopKind Shop => ShopKind.Steady;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken) =>
        [await StartsAsync(trial, cancellationToken), await DuplicatesAsync(trial, cancellationToken)];

    private async Task<PromiseRow> StartsAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "cookie doctor: a service's process with a wrong setting ends by itself and says which; times: until it ended");
        string[] programs = [new global::Projects.Auth().AssemblyPath, new global::Projects.Catalog().AssemblyPath, new global::Projects.Cart().AssemblyPath];
        (string Setting, string Value, string Says)[] settings = trial.Options.Quick ? Wrong[..2] : Wrong;
        await trial.EachAsync(settings.Length * (trial.Options.Quick ? 1 : programs.Length), 2, async (i, _, token) =>
        {
            var (setting, value, says) = settings[i % settings.Length];
            var end = await ServiceRun.ToItsEndAsync(programs[i / settings.Length], new() { [setting] = value, ["ConnectionStrings__redis"] = trial.Shop.Store.ConnectionString }, token);
            tally.Trial(end.ExitCode == 1 && end.Output.Contains(says, StringComparison.Ordinal), () => $"{setting}={value}: exit code {(end.ExitCode is { } code ? code.ToString(System.Globalization.CultureInfo.InvariantCulture) : "none, it ran")}, said \"{end.Output.Trim()}\"");
            tally.Took(end.Took);
        }, cancellationToken);
        return tally.ToRow();
    }

    private async Task<PromiseRow> DuplicatesAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "cookie doctor: the valid cookie among strays of the same name, in any order: it wins, the strays are expired, it is not");
        await trial.EachAsync(trial.Count(2_000, 60), 8, async (i, random, token) =>
        {
            var login = await trial.Lab.SignInAsync(random.One(trial.Shop.Replicas), $"doctor-{i}", token);
            var dead = await trial.Lab.SignInAsync(random.One(trial.Shop.Replicas), $"doctor-{i}-gone", token);
            await trial.Lab.SignOutAsync(random.One(trial.Shop.Replicas), dead.Cookie, token);
            string[] strays = [dead.Cookie, "short", "", new string('A', 60), login.Cookie[..^1]];
            var name = Http.ShopHttp.CookieName;
            var pairs = random.Shuffled([$"{name}={login.Cookie}", .. random.Shuffled(strays)[..random.Next(1, 3)].Select(stray => $"{name}={stray}"), "theme=dark", $"{name}x={dead.Cookie}"]);
            var replica = random.One(trial.Shop.Replicas);
            var answer = await trial.Lab.UserAsync(replica, string.Join("; ", pairs), token);
            tally.Trial(
                answer.Text == login.User && answer.ExpiresStrays && answer.Cookie is null,
                () => $"{replica.Name}, {string.Join("; ", pairs.Select(pair => pair.Length > 30 ? pair[..30] + "…" : pair))}: {answer}, {answer.SetCookies.Count} Set-Cookie");
        }, cancellationToken);
        return tally.ToRow();
    }
}
