using ShopSession.Lab.Bench.Results;
using ShopSession.Sessions;
using ShopSession.Sessions.Stores;

namespace ShopSession.Lab.Bench.Reports.Claims;

/// <summary>What is claimed of sessions that the client carries.</summary>
internal static class CarriedClaims
{
    /// <summary>Bytes a session, in a replica or in the store, that are none: a collection never finds exactly what the one before found.</summary>
    private const double NoMemory = 100;

    public static IEnumerable<Claim> Of(LabResults results) => results.Ways.Where(way => way.Carried is not null).SelectMany(way => Of(way, way.Carried!, results));

    private static IEnumerable<Claim> Of(WayResult way, CarriedResult carried, LabResults results)
    {
        var replica = way.ReplicaKibPer1000Sessions.Max() * 1024 / 1000;
        yield return Make(way, "no memory of the servers", replica < NoMemory && way.StoreBytesPerSession < NoMemory, Say.It($"{Math.Max(0, replica):0} bytes a session in a replica, {Math.Max(0, way.StoreBytesPerSession ?? 0):0} in the store"));
        if (way.StoreBytesPerRead is { } read)
            yield return Make(way, "no call of a store", read < CentralClaims.NoCall, Say.It($"{read:0} bytes to and from the store for a read"));
        if (results.Cell(way.Way) is { } cell && results.Cell(SessionStrategies.Redis) is { } opaque)
            yield return Make(way, "bytes on every request", cell.CookieBytes > opaque.CookieBytes, Say.It($"{cell.CookieBytes} bytes of cookies on each request, {opaque.CookieBytes} under redis"));
        yield return Make(way, "a tampered cookie is no session", !carried.TamperedIsAccepted, carried.TamperedIsAccepted ? "one with a changed character was accepted" : "one with a changed character was refused");
        yield return Limit(way, carried);
        yield return Revocation(way, results);
    }

    private static Claim Limit(WayResult way, CarriedResult carried)
    {
        var status = carried.RefusedWith is { } refused ? Say.It($"a write was answered with {refused}") : "no write was refused";
        var kept = carried.KeptWhatItHad ? "what was there before stayed" : "what was there before did not stay";
        return way.Writes == 0
            ? Make(way, "carries no data, so no cart of a guest", carried is { RefusedWith: not null, LargestBytes: 0 }, $"{status}; {kept}")
            : Make(way, "past what cookies hold an error, nothing half-written", carried is { RefusedWith: not null, KeptWhatItHad: true }, Say.It($"after {carried.LargestBytes} bytes of cookies {status}; {kept}"));
    }

    private static Claim Revocation(WayResult way, LabResults results)
    {
        var life = results.Lives.FirstOrDefault(life => life.Way == way.Way);
        var awaited = life is null ? "" : Say.It($"; with an idle time of {life.IdleSeconds:0} s a copy that was signed out after {life.SignedOutAfterSeconds:0.0} s was accepted until {life.RefusedAfterSeconds:0.0} s after the sign-in");
        var usual = new SharedSessionOptions().IdleTimeout;
        return Make(way, "cannot be revoked before it expires", way.NeverRefused && (life is null || life.RefusedAfterSeconds > 0.9 * life.IdleSeconds),
            Say.It($"{(way.NeverRefused ? "still accepted 10 s after the sign-out" : "refused")}; it expires {usual.TotalMinutes:0} minutes after its last use{awaited}"));
    }

    private static Claim Make(WayResult way, string text, bool holds, string figures) => new(AllClaims.RowOf(way.Way), way.Way, text, holds, figures);
}
