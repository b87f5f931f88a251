using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>What SRANDMEMBER, HRANDFIELD and their like choose: a positive count means different entries, a negative one allows repetitions.</summary>
internal static class RandomSelection
{
    private const int MaximumRepetitions = 16 * 1024 * 1024;

    public static long Count(CommandContext c, int index)
    {
        var count = c.Int(index);
        if (count == long.MinValue) throw Errors.NotBetween(-long.MaxValue, long.MaxValue);
        // With repetitions the reply is as long as the client asks, so the request must be bounded.
        return count >= -MaximumRepetitions ? count : throw new CommandException(Errors.OutOfRange);
    }

    public static List<KeyValuePair<byte[], T>> Of<T>(ByteTable<T>? table, long count, Random random)
    {
        var chosen = new List<KeyValuePair<byte[], T>>();
        if (table is null || table.Count == 0 || count == 0) return chosen;
        if (count < 0)
        {
            for (var i = 0L; i < -count; i++) chosen.Add(table.GetRandom(random));
            return chosen;
        }

        if (count >= table.Count) return [.. table.Entries()];
        if (count * 3 > table.Count)
        {
            // Many of all: choosing by shuffling needs no second tries.
            var all = table.Entries().ToArray();
            random.Shuffle(all);
            return [.. all.AsSpan(0, (int)count)];
        }

        var seen = new ByteTable<bool>();
        while (chosen.Count < count)
        {
            var entry = table.GetRandom(random);
            if (seen.Set(entry.Key, true)) chosen.Add(entry);
        }

        return chosen;
    }
}
