using System.Diagnostics;
using System.Globalization;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Http;

/// <summary>A login that a trial made.</summary>
internal sealed record Login(string User, string Cookie, string Handle);

/// <summary>Drives the session of a replica through the endpoints that exist only with <c>Session:Lab</c> (src/Shared/Web/Lab). Safe for concurrent use.</summary>
internal sealed class LabClient(ShopHttp http)
{
    private const string Session = "/internal/lab/session";

    /// <summary>Signs in, which must succeed.</summary>
    public async Task<Login> SignInAsync(ShopReplica replica, string user, CancellationToken cancellationToken)
    {
        var answer = await TrySignInAsync(replica, user, null, cancellationToken);
        return answer.IsOk && answer.Cookie is { Length: > 0 } cookie ? new Login(user, cookie, answer.Text) : throw new TrialException($"Signing in as {user} at {replica.Name} answered {answer}.");
    }

    public Task<Answer> TrySignInAsync(ShopReplica replica, string user, string? cookie, CancellationToken cancellationToken) => PostAsync(replica, $"/sign-in/{user}", cookie, cancellationToken);

    public Task<Answer> SignOutAsync(ShopReplica replica, string cookie, CancellationToken cancellationToken) => PostAsync(replica, "/sign-out", cookie, cancellationToken);

    public Task<Answer> RotateAsync(ShopReplica replica, string cookie, CancellationToken cancellationToken) => PostAsync(replica, "/rotate", cookie, cancellationToken);

    public Task<Answer> CountAsync(ShopReplica replica, string cookie, string name, CancellationToken cancellationToken) => PostAsync(replica, $"/counters/{name}", cookie, cancellationToken);

    /// <summary>Needs a login: 200 with the user's name, or 401.</summary>
    public Task<Answer> UserAsync(ShopReplica replica, string? cookie, CancellationToken cancellationToken) => GetAsync(replica, "/user", cookie, cancellationToken);

    /// <summary>Asks for <see cref="UserAsync"/> until the login is refused, at most as long as <paramref name="limit"/>.</summary>
    /// <returns>The last answer, and whether an earlier one still accepted the login.</returns>
    public async Task<(Answer Last, bool WasAccepted)> UntilRefusedAsync(ShopReplica replica, string cookie, TimeSpan limit, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        for (var asked = 0; ; asked++)
        {
            var answer = await UserAsync(replica, cookie, cancellationToken);
            if (answer.Status != 200 || Stopwatch.GetElapsedTime(since) >= limit) return (answer, asked > 0);
        }
    }

    /// <summary>Looks without using: 200 with the user's name or nothing.</summary>
    public Task<Answer> SeenAsync(ShopReplica replica, string? cookie, CancellationToken cancellationToken) => GetAsync(replica, "/seen", cookie, cancellationToken);

    public Task<Answer> ReadAsync(ShopReplica replica, string? cookie, string name, CancellationToken cancellationToken, int hold = 0) =>
        GetAsync(replica, string.Create(CultureInfo.InvariantCulture, $"/values/{name}?hold={hold}"), cookie, cancellationToken);

    public Task<Answer> WriteAsync(ShopReplica replica, string? cookie, string name, string value, CancellationToken cancellationToken, int hold = 0) =>
        http.SendAsync(HttpMethod.Put, new Uri(replica.Address, string.Create(CultureInfo.InvariantCulture, $"{Session}/values/{name}?value={value}&hold={hold}")), cookie, null, cancellationToken);

    public Task<Answer> SealAsync(ShopReplica replica, string text, CancellationToken cancellationToken) => http.SendAsync(HttpMethod.Get, new Uri(replica.Address, $"/internal/lab/keys/sealed?text={text}"), null, null, cancellationToken);

    public Task<Answer> OpenAsync(ShopReplica replica, string text, CancellationToken cancellationToken) => http.SendAsync(HttpMethod.Get, new Uri(replica.Address, $"/internal/lab/keys/opened?text={text}"), null, null, cancellationToken);

    private Task<Answer> GetAsync(ShopReplica replica, string path, string? cookie, CancellationToken cancellationToken) => http.SendAsync(HttpMethod.Get, new Uri(replica.Address, Session + path), cookie, null, cancellationToken);

    private Task<Answer> PostAsync(ShopReplica replica, string path, string? cookie, CancellationToken cancellationToken) => http.SendAsync(HttpMethod.Post, new Uri(replica.Address, Session + path), cookie, null, cancellationToken);
}
