using Microsoft.Extensions.Primitives;

namespace ShopSession.Sessions.Transports;

/// <summary>
/// Reads one cookie from the raw <c>Cookie</c> header. The framework's own collection keeps the last of several cookies of one name, ignores case and decodes
/// percent signs, so that a sibling host could plant one that shadows the real one; here names are compared exactly and every occurrence is seen.
/// </summary>
internal static class RawCookieHeader
{
    /// <summary>The most values looked at: more of one name are an attack, not a mistake.</summary>
    public const int MaxValues = 8;

    /// <summary>Every value sent for <paramref name="name"/>, in the order sent.</summary>
    public static List<string> Values(StringValues headers, string name)
    {
        var values = new List<string>(1);
        foreach (var header in headers)
        {
            var rest = header.AsSpan();
            while (!rest.IsEmpty && values.Count < MaxValues)
            {
                var end = rest.IndexOf(';');
                var pair = end < 0 ? rest : rest[..end];
                rest = end < 0 ? default : rest[(end + 1)..];
                // Only the white space that RFC 6265 allows: other characters belong to the name and make it another one.
                pair = pair.Trim(" \t");
                var equals = pair.IndexOf('=');
                if (equals < 0 || !pair[..equals].SequenceEqual(name)) continue;
                values.Add(pair[(equals + 1)..].ToString());
            }
        }

        return values;
    }
}
