using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>Writes a key's present state as the commands that make it.</summary>
internal sealed class ValueEffects(Action<byte[][]> emit)
{
    private const int ItemsPerCommand = 128;

    // Large items in few commands: all in one could be longer than a record.
    private const int BytesPerCommand = 1024 * 1024;

    private static readonly byte[] Delete = "DEL"u8.ToArray();
    private static readonly byte[] ExpireAt = "PEXPIREAT"u8.ToArray();
    private static readonly byte[] SetString = "SET"u8.ToArray();
    private static readonly byte[] SetFields = "HSET"u8.ToArray();
    private static readonly byte[] PushItems = "RPUSH"u8.ToArray();
    private static readonly byte[] AddMembers = "SADD"u8.ToArray();
    private static readonly byte[] AddScores = "ZADD"u8.ToArray();

    public void WriteAbsent(byte[] key) => emit([Delete, key]);

    public void Write(KeyEntry entry)
    {
        var key = entry.Key;
        switch (entry.Value)
        {
            case StringValue text:
                emit([SetString, key, text.ToArray()]);
                break;
            case HashValue hash:
                WriteItems(SetFields, key, hash.Fields.Entries().Select(f => (f.Key, (byte[]?)f.Value)));
                break;
            case ListValue list:
                WriteItems(PushItems, key, Enumerable.Range(0, list.Count).Select(i => (list[i], (byte[]?)null)));
                break;
            case SetValue set:
                WriteItems(AddMembers, key, set.Members.Entries().Select(m => (m.Key, (byte[]?)null)));
                break;
            case SortedSetValue sorted:
                WriteItems(AddScores, key, sorted.Scores.Entries().Select(m => (ByteText.Bytes(Numbers.Format(m.Value)), (byte[]?)m.Key)));
                break;
            default:
                throw new InvalidOperationException($"A value of type {entry.Value.TypeName} has no form in the log.");
        }

        if (entry.ExpiresAt != KeyEntry.Never) emit([ExpireAt, key, Numbers.ToBytes(entry.ExpiresAt)]);
    }

    private void WriteItems(byte[] name, byte[] key, IEnumerable<(byte[] First, byte[]? Second)> items)
    {
        var command = new List<byte[]> { name, key };
        var bytes = 0L;
        foreach (var (first, second) in items)
        {
            command.Add(first);
            if (second is not null) command.Add(second);
            bytes += first.Length + (second?.Length ?? 0L);
            if (command.Count < ItemsPerCommand && bytes < BytesPerCommand) continue;
            emit([.. command]);
            bytes = 0;
            command.RemoveRange(2, command.Count - 2);
        }

        if (command.Count > 2) emit([.. command]);
    }
}
