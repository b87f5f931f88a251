using System.Globalization;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Tests.Durability;

/// <summary>Everything that a store holds as text, to be compared.</summary>
internal static class StoreText
{
    public static string Of(Store store) => string.Join('\n', store.Databases.SelectMany(d => d.Keys.Entries()
        .Select(e => $"{d.Index} {ByteText.Text(e.Key)} {e.Value.ExpiresAt} {Of(e.Value.Value)}").Order(StringComparer.Ordinal)));

    private static string Of(RedisValue value) => value.TypeName + " " + value switch
    {
        StringValue text => Convert.ToHexString(text.Span),
        HashValue hash => Join(hash.Fields.Entries().Select(f => Convert.ToHexString(f.Key) + "=" + Convert.ToHexString(f.Value)).Order(StringComparer.Ordinal)),
        SetValue set => Join(set.Members.Entries().Select(m => Convert.ToHexString(m.Key)).Order(StringComparer.Ordinal)),
        ListValue list => Join(Enumerable.Range(0, list.Count).Select(i => Convert.ToHexString(list[i]))),
        SortedSetValue sorted => Join(sorted.Scores.Entries().Select(m => Convert.ToHexString(m.Key) + "=" + m.Value.ToString("R", CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal)),
        _ => throw new InvalidOperationException(value.TypeName),
    };

    private static string Join(IEnumerable<string> items) => string.Join(' ', items);
}
