using ShopSession.Lab.Bench.Results;
using ShopSession.Sessions.Stores;

namespace ShopSession.Lab.Bench.Reports.Claims;

/// <summary>What is claimed of reading one's writes and of ended sessions.</summary>
internal static class WayClaims
{
    /// <summary>"Within milliseconds": below what a person notices.</summary>
    private const double MostMilliseconds = 100;

    public static IEnumerable<Claim> Of(LabResults results) => results.Ways.SelectMany(way => Values(way).Concat(Ends(way)));

    private static IEnumerable<Claim> Values(WayResult way)
    {
        if (way.Writes == 0) yield break;
        var figures = Say.It($"{way.StaleReads} of {way.Writes} reads were stale");
        yield return way.Way switch
        {
            SessionStrategies.Local => Make(way, "what is written at one replica is not seen at another", way.StaleReads == way.Writes, figures),
            SessionStrategies.Replicated => Make(way, "for a short while another replica is stale", way.StaleReads > 0, way.StaleReads > 0 ? figures : $"{figures}: each change arrived before the next request"),
            _ => Make(way, "what is written at one replica is read at the next", way.StaleReads == 0, figures),
        };
    }

    private static IEnumerable<Claim> Ends(WayResult way)
    {
        if (way.RefusedWorst is not { } worst || way.Carried is not null) yield break;
        var figures = way.NeverRefused ? "one was still accepted after 10 s" : Say.It($"median {way.RefusedMedian:0.0} ms, at most {worst:0.0} ms, of {way.SignOuts} sign-outs");
        yield return Make(way, "a signed-out session is refused on every replica within milliseconds", !way.NeverRefused && worst < MostMilliseconds, figures);
    }

    private static Claim Make(WayResult way, string text, bool holds, string figures) => new(AllClaims.RowOf(way.Way), way.Way, text, holds, figures);
}
