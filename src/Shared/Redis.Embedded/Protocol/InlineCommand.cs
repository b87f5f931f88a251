namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>A command typed as a line of words, as over telnet: <c>SET greeting "hello world"</c>. Quoting follows redis-cli.</summary>
internal static class InlineCommand
{
    private const int MaximumLength = 64 * 1024;

    /// <summary>Reads a line. <see langword="false"/>: it is not complete. <paramref name="command"/> is empty for an empty line.</summary>
    public static bool TryRead(ref int start, ReadOnlySpan<byte> available, out byte[][]? command)
    {
        command = null;
        var length = available.IndexOf((byte)'\n');
        if (length < 0)
            return available.Length > MaximumLength ? throw new ProtocolException("Protocol error: too big inline request") : false;
        start += length + 1;
        if (length > MaximumLength) throw new ProtocolException("Protocol error: too big inline request");
        command = Split(available[..(length > 0 && available[length - 1] == (byte)'\r' ? length - 1 : length)]);
        return true;
    }

    private static byte[][] Split(ReadOnlySpan<byte> line)
    {
        var words = new List<byte[]>();
        var word = new List<byte>();
        var at = 0;
        while (true)
        {
            while (at < line.Length && IsSpace(line[at])) at++;
            if (at >= line.Length) return [.. words];
            word.Clear();
            while (at < line.Length && !IsSpace(line[at]))
            {
                if (line[at] is (byte)'"' or (byte)'\'') at = ReadQuoted(line, at, word);
                else word.Add(line[at++]);
            }

            words.Add([.. word]);
        }
    }

    private static int ReadQuoted(ReadOnlySpan<byte> line, int at, List<byte> word)
    {
        var quote = line[at++];
        while (at < line.Length && line[at] != quote)
        {
            var next = at + 1 < line.Length ? line[at + 1] : (byte)0;
            if (line[at] != (byte)'\\' || (quote == (byte)'\'' && next != (byte)'\''))
            {
                word.Add(line[at++]);
            }
            else if (next == (byte)'x' && at + 3 < line.Length && char.IsAsciiHexDigit((char)line[at + 2]) && char.IsAsciiHexDigit((char)line[at + 3]))
            {
                word.Add((byte)((Convert.ToInt32(((char)line[at + 2]).ToString(), 16) << 4) + Convert.ToInt32(((char)line[at + 3]).ToString(), 16)));
                at += 4;
            }
            else
            {
                word.Add(next switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', (byte)'b' => (byte)'\b', (byte)'a' => 7, _ => next });
                at += 2;
            }
        }

        // A closing quote ends the word: nothing but a space may follow.
        if (at >= line.Length || (at + 1 < line.Length && !IsSpace(line[at + 1])))
            throw new ProtocolException("Protocol error: unbalanced quotes in request");
        return at + 1;
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0;
}
