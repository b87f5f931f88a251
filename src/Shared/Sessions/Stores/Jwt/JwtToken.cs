using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ShopSession.Sessions.Stores.Jwt;

/// <summary>
/// Signed tokens (JWS compact form, RFC 7515) as narrow as may be: one algorithm, which the token may not choose (RFC 8725, section 3.1), the key by its name among known ones, and a type that
/// keeps one kind of token from passing for another.
/// </summary>
internal static class JwtToken
{
    public const string Algorithm = "ES256";
    public const string Access = "at+jwt";
    public const string Refresh = "rt+jwt";

    public static string Sign(JwtKey key, string type, JsonObject claims)
    {
        var header = new JsonObject { ["alg"] = Algorithm, ["typ"] = type, ["kid"] = key.Id };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The claims of a genuine token of this type, whether or not it has expired; <see langword="null"/>: it is not genuine.</summary>
    public static JsonObject? Verify(string text, string type, Func<string, JwtKey?> keys)
    {
        if (text.Split('.') is not [var head, var body, var signature]) return null;
        try
        {
            if (Decode(head) is not { } header || Text(header, "alg") != Algorithm || Text(header, "typ") != type) return null;
            if (Text(header, "kid") is not { } kid || keys(kid) is not { } key) return null;
            return key.Verify(Encoding.ASCII.GetBytes($"{head}.{body}"), Base64Url.DecodeFromChars(signature)) ? Decode(body) : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            // What is no base64url or no JSON is no token.
            return null;
        }
    }

    private static string Encode(JsonObject value) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value.ToJsonString()));

    private static JsonObject? Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part)) as JsonObject;

    private static string? Text(JsonObject header, string name) => (string?)header[name];
}
