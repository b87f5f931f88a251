using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;
using ShopSession.Sessions.Stores;

namespace ShopSession.Lab.Bench.Reports.Claims;

/// <summary>What is claimed of logins under balancing, failures and restarts.</summary>
internal static class CellClaims
{
    /// <summary>A third of a fair share more is no skew: 1,000 users spread by chance differ by a tenth.</summary>
    private const double MostOfFairShare = 1.33;

    public static IEnumerable<Claim> Of(LabResults results) =>
        results.Cells.SelectMany(cell => cell switch
        {
            { Way: SessionStrategies.Local, Policy: "round-robin" } => Wandering(cell),
            { Way: SessionStrategies.Local } => Sticky(cell),
            _ => Shared(cell),
        });

    private static IEnumerable<Claim> Wandering(CellResult cell)
    {
        var n = cell.Under.Replicas;
        yield return Near(cell, "a login is lost on about (N-1)/N of the next requests", cell.LostAtNextRequest, (n - 1.0) / n);
        yield return Make(cell, "logged in at one service, asked to log in again at the others", cell.UnknownAtSibling == cell.Logins, Count(cell, cell.UnknownAtSibling, "unknown at another service"));
    }

    private static IEnumerable<Claim> Sticky(CellResult cell)
    {
        var n = cell.Under.Replicas;
        yield return Make(cell, "survives round robin: the next request finds the login", cell.LostAtNextRequest == 0, Count(cell, cell.LostAtNextRequest, "lost"));
        yield return Near(cell, "a killed replica loses its sessions, about 1/N", cell.LostAfterKill, 1.0 / n);
        yield return Make(cell, "a rolling restart loses every session", cell.LostAfterRollingRestart == cell.Logins, Count(cell, cell.LostAfterRollingRestart, "lost"));
        yield return cell.Policy.EndsWith("-rendezvous", StringComparison.Ordinal)
            ? Near(cell, "consistent hashing: one replica more moves about 1/(N+1) of the users", cell.LostAfterAdding, 1.0 / (n + 1))
            : Near(cell, "plain modulo: one replica more moves about N/(N+1) of the users", cell.LostAfterAdding, (double)n / (n + 1));
        var share = Say.It($"the busiest replica gets {Say.Part(cell.BusiestShare)} of {cell.Users:#,0} users, a fair share is {Say.Part(1.0 / n)}");
        yield return cell.Policy.StartsWith("ip-hash", StringComparison.Ordinal)
            ? Make(cell, "everyone behind one address lands on one replica", cell.BusiestShare > 0.999, share)
            : Make(cell, "no skew: users behind one address spread over the replicas", cell.BusiestShare < MostOfFairShare / n, share);
        yield return Make(cell, "still unknown at the other services", cell.UnknownAtSibling == cell.Logins, Count(cell, cell.UnknownAtSibling, "unknown at another service"));
    }

    private static IEnumerable<Claim> Shared(CellResult cell)
    {
        var lost = cell.LostAtNextRequest + cell.LostAfterKill + cell.LostAfterRollingRestart + cell.LostAfterAdding + cell.LostAfterRemoving;
        yield return Make(cell, "any replica may be killed, restarted, added, removed: nothing is lost", lost == 0, Count(cell, lost, "lost in five scenarios"));
        yield return Make(cell, $"a restart of {StoreOf(cell.Way)} loses nothing", cell.LostAfterStoreRestart == 0, Count(cell, cell.LostAfterStoreRestart, "lost"));
        if (cell.LostAfterFailOver is { } failOver)
            yield return Make(cell, "a killed master loses no acknowledged session once its replica is promoted", failOver == 0, Count(cell, failOver, "lost"));
        yield return Make(cell, "login at one service is login at all", cell.UnknownAtSibling == 0, Count(cell, cell.UnknownAtSibling, "unknown at another service"));
    }

    // What the lab restarts: the session store, or where there is none that could be, the Redis of carts and key ring.
    private static string StoreOf(string way) => way.StartsWith(SessionStrategies.Redis, StringComparison.Ordinal) || way == Ways.DatabasePostgreSql ? "the store" : "the Redis of carts and keys";

    private static Claim Make(CellResult cell, string text, bool holds, string figures) => new(AllClaims.RowOf(cell.Way, cell.Policy), $"{cell.Way} + {cell.Policy}", text, holds, figures);

    /// <summary>Whether a part is what is expected, give or take what chance makes of so few logins: three standard deviations.</summary>
    private static Claim Near(CellResult cell, string text, int count, double expected)
    {
        var part = (double)count / cell.Logins;
        var chance = 3 * Math.Sqrt(expected * (1 - expected) / cell.Logins);
        return Make(cell, text, Math.Abs(part - expected) <= chance, Say.It($"{count} of {cell.Logins} logins were lost ({Say.Part(part)}), {Say.Part(expected)} ± {chance * 100:0} expected"));
    }

    private static string Count(CellResult cell, int count, string what) => Say.It($"{count} of {cell.Logins} logins were {what}");
}
