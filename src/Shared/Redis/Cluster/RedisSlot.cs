using System.Text;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Cluster;

/// <summary>The slot of a key: CRC-16 (XMODEM) of the key, or of the part in its first non-empty braces, modulo 16384.</summary>
/// <remarks>https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#key-distribution-model</remarks>
internal static class RedisSlot
{
    public const int Count = 16384;

    /// <summary>Stands for "no key": any node will do.</summary>
    public const int None = -1;

    private static readonly ushort[] Table = MakeTable();

    public static int Of(string key)
    {
        var length = Encoding.UTF8.GetByteCount(key);
        var bytes = length <= 256 ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(key, bytes);
        return Of(bytes);
    }

    public static int Of(ReadOnlySpan<byte> key)
    {
        var open = key.IndexOf((byte)'{');
        if (open >= 0)
        {
            var length = key[(open + 1)..].IndexOf((byte)'}');
            if (length > 0) key = key.Slice(open + 1, length);
        }

        var crc = 0;
        foreach (var b in key) crc = ((crc << 8) & 0xFFFF) ^ Table[((crc >> 8) ^ b) & 0xFF];
        return crc % Count;
    }

    /// <summary>The slot of a command's keys, or <see cref="None"/>.</summary>
    /// <exception cref="RedisCrossSlotException">They lie on several slots.</exception>
    public static int Of(RedisCommand command)
    {
        var slot = None;
        foreach (ref readonly var argument in command.Arguments)
        {
            if (argument.KeyName is not { } key) continue;
            var of = Of(key);
            if (slot != None && of != slot) throw new RedisCrossSlotException(command.Name, slot, of);
            slot = of;
        }

        return slot;
    }

    /// <summary>The one slot of a payload, or <see cref="None"/>.</summary>
    /// <exception cref="RedisCrossSlotException">Its keys lie on several slots.</exception>
    public static int Of(in RedisPayload payload)
    {
        if (payload.Single is { } single) return Of(single);
        var slot = None;
        for (var i = 0; i < payload.Commands.Count; i++)
        {
            var of = Of(payload.Commands[i]);
            if (of == None) continue;
            if (slot != None && of != slot) throw new RedisCrossSlotException(payload.IsAtomic ? "The transaction" : "The pipeline", slot, of);
            slot = of;
        }

        return slot;
    }

    /// <summary>The one slot of keys, or <see cref="None"/> when there are none.</summary>
    /// <exception cref="RedisCrossSlotException">They lie on several slots.</exception>
    public static int Of(IReadOnlyList<RedisKey> keys, string user)
    {
        var slot = None;
        for (var i = 0; i < keys.Count; i++)
        {
            var of = Of(keys[i].Value);
            if (slot != None && of != slot) throw new RedisCrossSlotException(user, slot, of);
            slot = of;
        }

        return slot;
    }

    private static ushort[] MakeTable()
    {
        var table = new ushort[256];
        for (var i = 0; i < 256; i++)
        {
            var crc = i << 8;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            table[i] = (ushort)crc;
        }

        return table;
    }
}
