using Microsoft.AspNetCore.Http;

namespace ShopSession.Sessions.Transports;

/// <summary>The token of <c>Authorization: Bearer</c> (RFC 6750).</summary>
internal static class BearerToken
{
    private const string Prefix = "Bearer ";

    public static string? Of(HttpRequest request)
    {
        foreach (var header in request.Headers.Authorization)
        {
            if (header?.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) == true) return header[Prefix.Length..].Trim();
        }

        return null;
    }
}
