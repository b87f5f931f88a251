using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;
using ShopSession.Testing;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>Replicas of neighbouring versions share sessions: what a later version has added to a record is read past, kept by writes, and moves to a new id.</summary>
internal sealed class Deploys : IPromise
{
    // Makes the record one of version N+1: the version's byte, something appended to the birth field, a field of its own.
    private const string ToNextVersion = "local b = redis.call('HGET', KEYS[1], 'b') redis.call('HSET', KEYS[1], 'b', string.char(string.byte(b, 1) + 1) .. string.sub(b, 2) .. 'later', 'z9', 'from the future') return 1";

    private const string IsIntact = "local b = redis.call('HGET', KEYS[1], 'b') return tostring(string.byte(b, 1)) .. ' ' .. string.sub(b, -5) .. ' ' .. (redis.call('HGET', KEYS[1], 'z9') or 'gone')";

    public int Number => 9;

    public string Name => "deploys";

    public ShopKind Shop => ShopKind.Steady;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "deploys: records as version N+1 writes them are read, written, counted on and given new ids by replicas of version N: nothing of N+1 is lost");
        await using var redis = await trial.Shop.Store.ConnectAsync(cancellationToken);
        for (var i = 0; i < trial.Count(300, 20); i++) await OnceAsync(trial, redis, tally, i, cancellationToken);
        return [tally.ToRow()];
    }

    private static async Task OnceAsync(Trial trial, RawRedis redis, Tally tally, int number, CancellationToken cancellationToken)
    {
        var random = new Random(trial.Options.Seed + number);
        var replicas = trial.Shop.Replicas;
        var login = await trial.Lab.SignInAsync(random.One(replicas), $"deploy-{number}", cancellationToken);
        var key = (await redis.SendAsync(["KEYS", $"s:*{login.Handle}"], cancellationToken)).Trim();
        await redis.SendAsync(["EVAL", ToNextVersion, "1", key], cancellationToken);
        var expected = await redis.SendAsync(["EVAL", IsIntact, "1", key], cancellationToken);

        foreach (var replica in replicas)
        {
            var read = await trial.Lab.UserAsync(replica, login.Cookie, cancellationToken);
            tally.Trial(read.Text == login.User, () => $"read at {replica.Name}: {read}");
        }

        foreach (var service in BenchShop.Services)
        {
            var written = await trial.Lab.WriteAsync(random.One(trial.ShopReplicas(service)), login.Cookie, service, "written", cancellationToken);
            var counted = await trial.Lab.CountAsync(random.One(trial.ShopReplicas(service)), login.Cookie, service, cancellationToken);
            var kept = await redis.SendAsync(["EVAL", IsIntact, "1", key], cancellationToken);
            tally.Trial(written.IsOk && counted.IsOk && kept == expected, () => $"write at {service}: {written}, {counted}; the record has \"{kept}\" instead of \"{expected}\"");
        }

        var rotated = await trial.Lab.RotateAsync(random.One(replicas), login.Cookie, cancellationToken);
        await redis.SendAsync(["DEL", key], cancellationToken);
        var tag = key[..(key.IndexOf('}', StringComparison.Ordinal) + 1)];
        var renewed = (await redis.SendAsync(["KEYS", tag.Replace("[", "\\[", StringComparison.Ordinal) + "*"], cancellationToken)).Trim();
        var moved = renewed.Length == 0 ? "no record" : await redis.SendAsync(["EVAL", IsIntact, "1", renewed], cancellationToken);
        tally.Trial(rotated.IsOk && moved == expected, () => $"after a change of id ({rotated.Status}) the record has \"{moved}\" instead of \"{expected}\"");
        var after = await trial.Lab.UserAsync(random.One(replicas), rotated.Cookie, cancellationToken);
        tally.Trial(after.Text == login.User, () => $"after a change of id: {after}");
    }
}
