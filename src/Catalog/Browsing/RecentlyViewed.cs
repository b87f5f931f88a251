using System.Globalization;

namespace ShopSession.Catalog.Browsing;

/// <summary>
/// What the visitor looked at last, kept in the session and so the same on every replica. Looking alone starts no session: a visitor
/// without one is not remembered.
/// </summary>
internal static class RecentlyViewed
{
    public const int Most = 8;

    private const string Key = "catalog.recent";

    /// <summary>The products' ids, latest first.</summary>
    public static IReadOnlyList<int> Read(ISession session) =>
        [.. (session.GetString(Key) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Take(Most)];

    public static void Add(ISession session, int product)
    {
        var before = Read(session);
        // Looking at the same page again changes nothing and so writes nothing.
        if (before.Count > 0 && before[0] == product) return;
        session.SetString(Key, string.Join(',', before.Where(id => id != product).Prepend(product).Take(Most).Select(id => id.ToString(CultureInfo.InvariantCulture))));
    }
}
