namespace ShopSession.Redis.Protocol;

/// <summary>Takes one line, a type's letter and what follows it up to CR LF, from the front of the input.</summary>
internal static class RespLine
{
    public static bool TryTake(ref ReadOnlySpan<byte> input, int limit, out byte kind, out ReadOnlySpan<byte> line)
    {
        kind = 0;
        line = default;
        if (input.IsEmpty) return false;
        kind = input[0];
        // Looked at first, so that a peer of another protocol is named as such and not as a line too long.
        if (!IsKind(kind))
        {
            var shown = kind is >= 0x20 and < 0x7F ? $" ('{(char)kind}')" : "";
            throw new RedisProtocolException(
                $"The peer sent byte 0x{kind:X2}{shown} where the type of a reply was expected. Is it a Redis server, and is TLS set as the server has it?");
        }

        var end = input.IndexOf((byte)'\n');
        if (end < 0)
        {
            if (input.Length > limit) throw new RedisProtocolException($"A line is longer than {limit} bytes.");
            return false;
        }

        if (end > limit) throw new RedisProtocolException($"A line is longer than {limit} bytes.");
        // The shortest line is a type, CR and LF.
        if (end < 2 || input[end - 1] != '\r')
            throw new RedisProtocolException("A line ends without a carriage return.");
        line = input[1..(end - 1)];
        input = input[(end + 1)..];
        return true;
    }

    private static bool IsKind(byte value) => "+-:$*_,#!=(%~>|"u8.Contains(value);
}
