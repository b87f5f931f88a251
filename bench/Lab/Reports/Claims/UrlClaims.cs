using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports.Claims;

/// <summary>What is claimed of ids in addresses.</summary>
internal static class UrlClaims
{
    // Tells the whole address to any other site that a link leads to, but not from https to http.
    private const string TellsAll = "no-referrer-when-downgrade";

    public static IEnumerable<Claim> Of(LabResults results)
    {
        if (results.Url is not { } url) yield break;
        yield return Make("works without any cookie, at every service", url.KnownServices == url.Services && url.SessionCookies == 0,
            Say.It($"known at {url.KnownServices} of {url.Services} services by the address alone; {url.SessionCookies} cookies named the session; {url.AddressBytes} bytes more in each address"));
        yield return Make("every link of a page carries the id on", url.OwnLinks > 0 && url.LinksWithId == url.OwnLinks, Say.It($"{url.LinksWithId} of {url.OwnLinks} links to the shop"));
        yield return Make("a link that is passed on is a login: whoever opens it is its owner", url.Strangers == url.Shared,
            Say.It($"{url.Strangers} of {url.Shared} strangers were signed in as somebody else"));
        yield return Make("other sites are told the id by the Referer header", url.ReferrerPolicy == TellsAll, $"the page's Referrer-Policy is {url.ReferrerPolicy}");
        yield return Make("after the sign-out such a link is worth nothing", url.StrangersAfterSignOut == 0, Say.It($"{url.StrangersAfterSignOut} of {url.Shared} strangers stayed signed in"));
    }

    private static Claim Make(string text, bool holds, string figures) => new("7", "redis, id in the address", text, holds, figures);
}
