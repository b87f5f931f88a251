using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ShopSession.Redis;

namespace ShopSession.Cart.Carts;

/// <summary>The JSON values inside a cart's hash. Names are short, since every line carries them; unknown ones are ignored.</summary>
internal static partial class CartJson
{
    public static RedisArgument Write(ProductMemo memo) => JsonSerializer.SerializeToUtf8Bytes(
        new MemoJson(memo.Name, memo.Slug, memo.ImageUrl, memo.PriceCents, memo.AddedAt), Context.Default.MemoJson);

    public static RedisArgument Write(CartMerge merge) => JsonSerializer.SerializeToUtf8Bytes(
        new MergeJson(
            merge.At.ToUnixTimeMilliseconds(), merge.Shown, merge.Added.ToDictionary(entry => entry.Key.Value, entry => entry.Value), merge.Left),
        Context.Default.MergeJson);

    /// <summary>Null when the value cannot be read.</summary>
    public static ProductMemo? ReadMemo(ReadOnlySpan<byte> json) =>
        Read(json, Context.Default.MemoJson) is { Name: { } name, Slug: { } slug, Price: >= 0 } memo
            ? new ProductMemo(name, slug, memo.Image, memo.Price, memo.AddedAt)
            : null;

    /// <inheritdoc cref="ReadMemo"/>
    public static CartMerge? ReadMerge(ReadOnlySpan<byte> json) =>
        Read(json, Context.Default.MergeJson) is { Added: { } added, At: >= 0 and < 253_402_300_800_000 } merge
            ? new CartMerge(
                DateTimeOffset.FromUnixTimeMilliseconds(merge.At),
                merge.Shown,
                added.ToImmutableSortedDictionary(entry => new ProductId(entry.Key), entry => entry.Value),
                merge.Left)
            : null;

    private static T? Read<T>(ReadOnlySpan<byte> json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null; // the caller counts and logs it
        }
    }

    internal sealed record MemoJson(
        [property: JsonPropertyName("n")] string? Name,
        [property: JsonPropertyName("s")] string? Slug,
        [property: JsonPropertyName("i")] string? Image,
        [property: JsonPropertyName("p")] long Price,
        [property: JsonPropertyName("t")] long AddedAt);

    internal sealed record MergeJson(
        [property: JsonPropertyName("t")] long At,
        [property: JsonPropertyName("v")] bool Shown,
        [property: JsonPropertyName("a")] Dictionary<int, int>? Added,
        [property: JsonPropertyName("l")] int Left);

    [JsonSerializable(typeof(MemoJson))]
    [JsonSerializable(typeof(MergeJson))]
    private sealed partial class Context : JsonSerializerContext;
}
