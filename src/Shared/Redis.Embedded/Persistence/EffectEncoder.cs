using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>
/// The content of a record: commands one after the other, each as database, number of arguments, and for each argument its length and
/// its bytes. Numbers are 7 bits to a byte, low bits first, the high bit saying that more follows.
/// </summary>
internal static class EffectEncoder
{
    public static void Write(ByteBuffer target, int database, ReadOnlySpan<byte[]> command)
    {
        WriteNumber(target, (uint)database);
        WriteNumber(target, (uint)command.Length);
        foreach (var argument in command)
        {
            WriteNumber(target, (uint)argument.Length);
            target.Append(argument);
        }
    }

    /// <summary>Reads the next command and moves <paramref name="source"/> behind it.</summary>
    /// <exception cref="InvalidDataException">The content is not what <see cref="Write"/> makes.</exception>
    public static byte[][] Read(ref ReadOnlySpan<byte> source, out int database)
    {
        database = ReadNumber(ref source);
        var count = ReadNumber(ref source);
        if (count == 0 || count > source.Length) throw new InvalidDataException("a record announces more arguments than it has bytes");
        var command = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            var length = ReadNumber(ref source);
            if (length > source.Length) throw new InvalidDataException("a record announces a longer argument than it has bytes");
            command[i] = length == 0 ? [] : source[..length].ToArray();
            source = source[length..];
        }

        return command;
    }

    private static void WriteNumber(ByteBuffer target, uint value)
    {
        for (; value >= 0x80; value >>= 7) target.Append((byte)(value | 0x80));
        target.Append((byte)value);
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> source)
    {
        var value = 0u;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (source.IsEmpty) break;
            var part = source[0];
            source = source[1..];
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80) return value <= int.MaxValue ? (int)value : throw new InvalidDataException("a record holds a number out of range");
        }

        throw new InvalidDataException("a record holds an unfinished number");
    }
}
