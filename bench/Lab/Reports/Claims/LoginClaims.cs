using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports.Claims;

/// <summary>What is claimed of the ways in which a login travels.</summary>
internal static class LoginClaims
{
    private const double MostMilliseconds = 100;

    public static IEnumerable<Claim> Of(LabResults results)
    {
        if (results.Logins is not { } logins) yield break;
        yield return new Claim("6", "token", "works where cookies do not: the same session underneath", logins.TokenServices == logins.Services, Say.It($"known at {logins.TokenServices} of {logins.Services} services, without a cookie"));
        yield return new Claim("6", "token", "revocable at once", logins.TokenRefused < MostMilliseconds, Say.It($"refused on every replica {logins.TokenRefused:0.0} ms after the sign-out"));
        yield return new Claim("8", "widened domain", "login at one sibling is login at all", logins.CookieServices == logins.Services, Say.It($"one cookie was a login at {logins.CookieServices} of {logins.Services} services"));
        yield return new Claim("8", "widened domain", "not sent to a foreign domain", logins.ForeignHosts == 0, Say.It($"its domain covers {logins.ForeignHosts} of 3 foreign hosts with a similar name"));
        yield return new Claim("9", "one login at a time", "signing in at a second place ends the first on every replica within milliseconds", logins.FirstAlive == 0 && logins.FirstRefusedWorst < MostMilliseconds,
            Say.It($"median {logins.FirstRefusedMedian:0.0} ms, at most {logins.FirstRefusedWorst:0.0} ms, of {logins.SecondLogins} second sign-ins; {logins.FirstAlive} first ones stayed alive"));
    }
}
