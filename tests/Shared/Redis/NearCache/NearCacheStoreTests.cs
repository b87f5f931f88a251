using ShopSession.Redis.Connections;
using ShopSession.Redis.NearCache;

namespace ShopSession.Redis.Tests.NearCache;

public sealed class NearCacheStoreTests
{
    private static readonly RedisConnection Source = new(Stream.Null, ConnectionSettings.Patient);

    [Fact]
    public void The_number_of_entries_is_bounded_and_what_is_used_stays()
    {
        var store = new NearCacheStore(maxEntries: 100, maxBytes: 1_000_000);
        Keep(store, "used", 10);
        for (var i = 0; i < 1000; i++)
        {
            store.Find("used")!.Used = true;
            Keep(store, $"c{i}", 10);
            Assert.InRange(store.Count, 1, 100);
        }

        Assert.NotNull(store.Find("used"));
        Assert.NotNull(store.Find("c999"));
        Assert.Null(store.Find("c0"));
        Assert.Equal(901, store.Evictions);
    }

    [Fact]
    public void The_bytes_are_bounded_and_an_entry_larger_than_all_is_not_kept()
    {
        var store = new NearCacheStore(maxEntries: 1000, maxBytes: 1000);
        for (var i = 0; i < 50; i++) Keep(store, $"c{i}", 90);
        Assert.Equal((11, 990), (store.Count, store.Bytes));
        Keep(store, "huge", 2000);
        Assert.Null(store.Find("huge"));
        Assert.Equal(11, store.Count);
    }

    [Fact]
    public void A_changed_key_drops_all_that_was_made_from_it_and_nothing_else()
    {
        var store = new NearCacheStore(1000, 1_000_000);
        Keep(store, "a+b", 1, "a", "b");
        Keep(store, "b+c", 1, "b", "c");
        Keep(store, "c", 1, "c");
        store.Invalidate("b");
        Assert.Equal((null, null), (store.Find("a+b"), store.Find("b+c")));
        Assert.NotNull(store.Find("c"));
        store.Invalidate("unknown");
        store.Clear();
        Assert.Equal((0, 0L), (store.Count, store.Bytes));
    }

    [Fact]
    public void Random_use_keeps_the_books_straight()
    {
        var random = new Random(7);
        var store = new NearCacheStore(maxEntries: 20, maxBytes: 700);
        var open = new List<(NearCacheRead Read, string Name)>();
        for (var i = 0; i < 20_000; i++)
        {
            var name = $"c{random.Next(40)}";
            switch (random.Next(10))
            {
                case 0: store.Invalidate($"k{random.Next(10)}"); break;
                case 1 when random.Next(50) == 0: store.Clear(); break;
                case < 5: open.Add((store.Begin([$"k{random.Next(10)}", $"k{random.Next(10)}"]), name)); break;
                default:
                    if (open.Count == 0) break;
                    var (read, opened) = open[random.Next(open.Count)];
                    open.Remove((read, opened));
                    store.End(read, random.Next(5) == 0 ? null : new(opened, "v", read.Keys, Source, random.Next(1, 100), 0));
                    break;
            }

            Assert.InRange(store.Count, 0, 20);
            Assert.InRange(store.Bytes, 0, 700);
        }

        for (var key = 0; key < 10; key++) store.Invalidate($"k{key}");
        Assert.Equal((0, 0L), (store.Count, store.Bytes));
    }

    private static void Keep(NearCacheStore store, string name, long size, params string[] keys)
    {
        if (keys.Length == 0) keys = ["k:" + name];
        store.End(store.Begin(keys), new NearCacheEntry(name, "value", keys, Source, size, 0));
    }
}
