using System.Globalization;
using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>Holds what is claimed of each strategy to the figures. A claim whose figures are not there yet is left out; none is decided by hand.</summary>
internal sealed class Claims(IReadOnlyList<CellResult> cells, IReadOnlyList<StrategyResult> strategies)
{
    /// <summary>A third of a fair share more is no skew: 1,000 users spread by chance differ by a tenth.</summary>
    private const double MostOfFairShare = 1.33;

    public IEnumerable<Claim> All()
    {
        foreach (var cell in cells)
        {
            foreach (var claim in cell.Strategy == "local" ? Local(cell) : Shared(cell)) yield return claim;
        }
        foreach (var strategy in strategies)
        {
            foreach (var claim in Of(strategy)) yield return claim;
        }
        if (Bytes("client") is { } client && Bytes("redis") is { } redis)
            yield return new Claim("client", "more bytes on every request than an opaque id", client > redis, Say($"{client:0} bytes against {redis:0}"));
        if (Throughput("database") is { } database && Throughput("redis") is { } cached)
            yield return new Claim("database", "slower than Redis", database < cached, Say($"{database:0.00} of a request without session against {cached:0.00}"));
    }

    private static IEnumerable<Claim> Local(CellResult cell)
    {
        var subject = $"local + {cell.Policy}";
        var n = cell.Replicas;
        if (cell.Policy == "round-robin")
        {
            yield return Near(cell, subject, "a login is lost on about (N-1)/N of the next requests", Part(cell, cell.LostAtNextRequest), (n - 1.0) / n);
            yield return new Claim(subject, "logged in at one service, unknown at the others", cell.UnknownAtSibling == cell.Logins, Count(cell, cell.UnknownAtSibling, "unknown at another service"));
            yield break;
        }
        yield return new Claim(subject, "survives balancing: the next request finds the login", cell.LostAtNextRequest == 0, Count(cell, cell.LostAtNextRequest, "lost"));
        yield return Near(cell, subject, "a killed replica loses its sessions, about 1/N", Part(cell, cell.LostAfterKill), 1.0 / n);
        yield return new Claim(subject, "a rolling restart loses every session", cell.LostAfterRollingRestart == cell.Logins, Count(cell, cell.LostAfterRollingRestart, "lost"));
        yield return cell.Policy.EndsWith("-rendezvous", StringComparison.Ordinal)
            ? Near(cell, subject, "one replica more moves about 1/(N+1) of the users", Part(cell, cell.LostAfterAdding), 1.0 / (n + 1))
            : Near(cell, subject, "one replica more moves about N/(N+1) of the users", Part(cell, cell.LostAfterAdding), (double)n / (n + 1));
        yield return cell.Policy.StartsWith("ip-hash", StringComparison.Ordinal)
            ? new Claim(subject, "everyone behind one address lands on one replica", cell.BusiestShare > 0.999, Say($"the busiest replica gets {cell.BusiestShare:P0} of 1,000 users"))
            : new Claim(subject, "users behind one address spread over the replicas", cell.BusiestShare < MostOfFairShare / n, Say($"the busiest replica gets {cell.BusiestShare:P0} of 1,000 users"));
        yield return new Claim(subject, "still unknown at the other services", cell.UnknownAtSibling == cell.Logins, Count(cell, cell.UnknownAtSibling, "unknown at another service"));
    }

    private static IEnumerable<Claim> Shared(CellResult cell)
    {
        var subject = $"{cell.Strategy} + {cell.Policy}";
        var lost = cell.LostAtNextRequest + cell.LostAfterKill + cell.LostAfterRollingRestart + cell.LostAfterAdding + cell.LostAfterRemoving;
        yield return new Claim(subject, "any replica may be killed, restarted, added, removed: nothing is lost", lost == 0, Count(cell, lost, "lost in five scenarios"));
        yield return new Claim(subject, "a restart of the store loses nothing", cell.LostAfterStoreRestart == 0, Count(cell, cell.LostAfterStoreRestart, "lost"));
        yield return new Claim(subject, "login at one service is login at all", cell.UnknownAtSibling == 0, Count(cell, cell.UnknownAtSibling, "unknown at another service"));
    }

    private static IEnumerable<Claim> Of(StrategyResult result)
    {
        yield return result.Strategy == "local"
            ? new Claim("local", "what is written at one replica is not seen at another", result.StaleReads == result.Writes, Say($"{result.StaleReads} of {result.Writes} reads were stale"))
            : new Claim(result.Strategy, "what is written at one replica is read at the next", result.StaleReads == 0, Say($"{result.StaleReads} of {result.Writes} reads were stale"));
        if (result.RefusedWorst is { } worst && result.Strategy is not ("client" or "jwt"))
            yield return new Claim(result.Strategy, "a signed-out session is refused everywhere within milliseconds", !result.NeverRefused && worst < 100, Say($"median {result.RefusedMedian:0.0} ms, at most {worst:0.0} ms, of {result.SignOuts} sign-outs"));
        if (result.Strategy is "client" or "jwt")
            yield return new Claim(result.Strategy, "cannot be revoked before it expires", result.NeverRefused, Say($"{(result.NeverRefused ? "still accepted after 10 s" : "refused")}"));
        if (result.Strategy == "redis")
            yield return new Claim("redis", "a near cache takes the network call off a repeated read", result.StoreBytesPerRead < 20, Say($"{result.StoreBytesPerRead:0} bytes to and from the store per read, {result.StoreBytesPerWrite:0} per write"));
    }

    private double? Bytes(string strategy) => cells.FirstOrDefault(cell => cell.Strategy == strategy)?.BrowserBytes;

    private double? Throughput(string strategy) => strategies.FirstOrDefault(result => result.Strategy == strategy)?.Throughput;

    /// <summary>Whether a part is what is expected, give or take what chance makes of so few logins: three standard deviations.</summary>
    private static Claim Near(CellResult cell, string subject, string text, double part, double expected)
    {
        var chance = 3 * Math.Sqrt(expected * (1 - expected) / cell.Logins);
        return new(subject, text, Math.Abs(part - expected) <= chance, Say($"{part:P0} were lost, {expected:P0} ± {chance:P0} expected"));
    }

    private static double Part(CellResult cell, int count) => (double)count / cell.Logins;

    private static string Count(CellResult cell, int count, string what) => Say($"{count} of {cell.Logins} logins were {what}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
