using System.Globalization;
using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Persistence;
using ShopSession.Redis.Embedded.Protocol;
using ShopSession.Redis.Embedded.Tests.Differential;

namespace ShopSession.Redis.Embedded.Tests.Durability;

/// <summary>The rewrite by itself, one bucket at a time with commands in between: what the new log gives must be what the store holds.</summary>
public sealed class LogRewriteTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("shop-embedded-").FullName, "new.log");

    [Fact]
    public void Whatever_commands_come_in_between_the_new_log_gives_the_present_state()
    {
        for (var round = 0; round < 60; round++)
        {
            var seed = Random.Shared.Next();
            var (expected, actual) = Rewrite(seed);
            Assert.True(expected == actual, $"seed {seed}\nstore:\n{expected}\nlog:\n{actual}");
        }
    }

    /// <summary>Guards against a copy onto a key that the new log has already, of one that it has not yet: read from the new log there was nothing to copy, and the old value came back.</summary>
    [Fact]
    public void A_copy_of_a_key_that_the_rewrite_has_not_come_to_is_in_the_new_log()
    {
        var store = new Store(new StoreSettings(), TimeProvider.System);
        store.Effects.IsEnabled = true;
        var nobody = new NullOutput();
        var client = new Client(1, nobody, store.Databases[0], nobody, new ClientMemory(store.Budget, () => { })) { IsAuthenticated = true };
        var processor = new CommandProcessor(store);
        foreach (var command in (string[])["SET to old", "SELECT 15", "SET from new"]) processor.Process(client, Words(command));
        using (var rewrite = new LogRewrite(store, 1, _path))
        {
            store.Effects.NotesKeys = true;
            store.Persistence = new Following(rewrite);
            while (store.Databases[0].Find("to"u8)!.WrittenInRewrite == 0) rewrite.Step(TimeSpan.FromTicks(1));
            Assert.Equal(0, store.Databases[15].Find("from"u8)!.WrittenInRewrite);
            processor.Process(client, Words("COPY from to DB 0 REPLACE"));
            rewrite.Step(TimeSpan.MaxValue);
            rewrite.Target.Write();
        }

        var loaded = new Store(new StoreSettings(), TimeProvider.System);
        LogLoader.Load(loaded, _path, repair: false, _ => { }, CancellationToken.None).Dispose();
        Assert.Equal(StoreText.Of(store), StoreText.Of(loaded));

        static byte[][] Words(string command) => [.. command.Split(' ').Select(ByteText.Bytes)];
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    private (string Expected, string Actual) Rewrite(int seed)
    {
        var (random, commands) = (new Random(seed), new RandomCommands(seed));
        var store = new Store(new StoreSettings(), TimeProvider.System);
        store.Effects.IsEnabled = true;
        var nobody = new NullOutput();
        var client = new Client(1, nobody, store.Databases[0], nobody, new ClientMemory(store.Budget, () => { })) { IsAuthenticated = true };
        var processor = new CommandProcessor(store);
        for (var i = 0; i < 300; i++) processor.Process(client, Next(commands, random));

        // As it is done in the store: begun between two commands.
        processor.Process(client, [ByteText.Bytes("DISCARD")]);
        using (var rewrite = new LogRewrite(store, 1, _path))
        {
            store.Effects.NotesKeys = true;
            store.Persistence = new Following(rewrite);
            while (!rewrite.IsComplete)
            {
                rewrite.Step(TimeSpan.FromTicks(1));
                for (var i = random.Next(6); i > 0; i--) processor.Process(client, Next(commands, random));
            }

            for (var i = 0; i < 50; i++) processor.Process(client, Next(commands, random));
            rewrite.Target.Write();
        }

        var loaded = new Store(new StoreSettings(), TimeProvider.System);
        LogLoader.Load(loaded, _path, repair: false, _ => { }, CancellationToken.None).Dispose();
        return (StoreText.Of(store), StoreText.Of(loaded));
    }

    private static byte[][] Next(RandomCommands commands, Random random)
    {
        if (random.Next(150) == 0) return [ByteText.Bytes("FLUSHALL")];
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return [.. commands.Next().Select(a => ByteText.Bytes(
            a.StartsWith("{nows", StringComparison.Ordinal) ? (now + 90).ToString(CultureInfo.InvariantCulture)
            : a.StartsWith("{now", StringComparison.Ordinal) ? ((now + 90) * 1000).ToString(CultureInfo.InvariantCulture) : a))];
    }

    private sealed class Following(LogRewrite rewrite) : IPersistence
    {
        public bool IsEnabled => true;

        public string? WriteError => null;

        public long Size => 0;

        public long SizeAfterRewrite => 0;

        public bool IsRewriting => true;

        public DateTimeOffset LastSave => default;

        public void Append(EffectBuffer effects) => rewrite.Follow(effects);

        public void Commit()
        {
        }

        public bool StartRewrite() => false;

        public void Save()
        {
        }
    }
}
