using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Persistence;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Tests.Durability;

/// <summary>A record has a greatest length. What is longer must not be written in part: the log could not be read any more.</summary>
public sealed class RecordSizeTests
{
    [Fact]
    public void What_does_not_fit_into_a_record_ends_the_store_instead_of_damaging_the_log()
    {
        var effects = new EffectBuffer(limit: 100_000) { IsEnabled = true };
        effects.Add(0, [ByteText.Bytes("SET"), ByteText.Bytes("k"), new byte[200_000]]);
        var error = Assert.Throws<StoreDataException>(() => effects.Seal(NoPersistence.Instance));
        Assert.Contains("more than fits into a record", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rewrite_spreads_large_items_over_several_commands()
    {
        var hash = new HashValue();
        for (var i = 0; i < 50; i++) hash.Fields.Set(ByteText.Bytes($"f{i}"), new byte[400_000]);
        var commands = new List<byte[][]>();
        new ValueEffects(commands.Add).Write(new KeyEntry(ByteText.Bytes("h"), hash));
        Assert.All(commands, command => Assert.InRange(command.Sum(a => (long)a.Length), 1, 1_500_000));
        Assert.Equal(100, commands.Sum(command => command.Length - 2));
    }
}
