using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Persistence;

namespace ShopSession.Redis.Embedded.Tests.Execution;

/// <summary>Short commands whose effects are long: SPOP names in the log what it took.</summary>
public sealed class LargeEffectsTests
{
    private const int Member = 1024 * 1024;

    /// <summary>Guards against a transaction of some kilobytes whose effects are more than a record can hold, which ended the store.</summary>
    [Fact]
    public void A_short_transaction_cannot_do_more_than_fits_into_a_record()
    {
        var store = new BareStore(new StoreSettings { MaxMemory = 64L * 1024 * 1024 });
        var largest = 0;
        store.Store.Effects.IsEnabled = true;
        store.Store.Persistence = new Measuring(length => largest = Math.Max(largest, length));
        var client = store.Connect();
        for (var i = 0; i < 16; i++) store.Send(client, "SADD", "all", $"{i:00}" + new string('x', Member));
        store.Send(client, "MULTI");
        for (var i = 0; i < 6; i++) Queue(store, client);
        var reply = store.Send(client, "EXEC");
        Assert.StartsWith("*12\r\n:1\r\n*16\r\n", reply, StringComparison.Ordinal);
        Assert.EndsWith("-ERR the transaction does more than fits into one record of the log\r\n", reply, StringComparison.Ordinal);
        Assert.InRange(largest, 64 * Member, 81 * Member);
        Assert.Equal(":1\r\n", store.Send(client, "COPY", "all", "copy", "REPLACE"));
    }

    private static void Queue(BareStore store, Client client)
    {
        Assert.Equal("+QUEUED\r\n", store.Send(client, "COPY", "all", "copy", "REPLACE"));
        Assert.Equal("+QUEUED\r\n", store.Send(client, "SPOP", "copy", "100"));
    }

    private sealed class Measuring(Action<int> onAppend) : IPersistence
    {
        public bool IsEnabled => true;

        public string? WriteError => null;

        public long Size => 0;

        public long SizeAfterRewrite => 0;

        public bool IsRewriting => false;

        public DateTimeOffset LastSave => default;

        public void Append(EffectBuffer effects) => onAppend(effects.Content.Length);

        public void Commit()
        {
        }

        public bool StartRewrite() => false;

        public void Save()
        {
        }
    }
}
