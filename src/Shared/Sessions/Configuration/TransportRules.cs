using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Configuration;

/// <summary>Which transport goes with which settings.</summary>
internal static class TransportRules
{
    private const int MaxParameterLength = 32;

    public static IEnumerable<string> Problems(SharedSessionOptions options)
    {
        if (!SessionTransports.All.Contains(options.Transport, StringComparer.Ordinal))
        {
            yield return $"Session:Transport is '{options.Transport}'; allowed: {string.Join(", ", SessionTransports.All)}. A bearer token may always be sent instead.";
            yield break;
        }

        if (options.UrlParameter.Length is 0 or > MaxParameterLength || !options.UrlParameter.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            yield return $"Session:UrlParameter is '{options.UrlParameter}'; use 1 to {MaxParameterLength} letters, digits, '-' and '_', for example sid.";
        if (options.Transport != SessionTransports.Url) yield break;
        if (!options.Lab)
        {
            yield return "Session:Transport is 'url': the session's id in every address leaks through the Referer header, logs, histories and shared links, and whoever has it is signed in. "
                + "Use Session:Transport=cookie. Session:Lab=true allows it, to see it leak.";
        }

        if (options.Strategy is SessionStrategies.Client or SessionStrategies.Jwt)
        {
            yield return $"Session:Transport is 'url' with Session:Strategy '{options.Strategy}', where the client keeps the session itself: there is no id to put into an address, and a session does not fit into one. "
                + $"Use Session:Transport=cookie, or another strategy, for example {SessionStrategies.Redis}.";
        }
    }
}
