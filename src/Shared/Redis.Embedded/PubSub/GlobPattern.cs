namespace ShopSession.Redis.Embedded.PubSub;

/// <summary>Patterns as KEYS, SCAN and PSUBSCRIBE take them: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[^a]</c> and <c>\</c> before a character.</summary>
internal static class GlobPattern
{
    /// <summary>
    /// Matches without recursion: after a mismatch only the last star can be stretched, earlier ones need not be tried again.
    /// So a pattern of many stars costs at most the product of both lengths, where the recursive way takes exponential time.
    /// </summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text)
    {
        int p = 0, t = 0, starPattern = -1, starText = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == (byte)'*')
            {
                starPattern = ++p;
                starText = t;
                continue;
            }

            if (p < pattern.Length && MatchesOne(pattern, ref p, text[t]))
            {
                t++;
                continue;
            }

            if (starPattern < 0) return false;
            p = starPattern;
            t = ++starText;
        }

        while (p < pattern.Length && pattern[p] == (byte)'*') p++;
        return p == pattern.Length;
    }

    private static bool MatchesOne(ReadOnlySpan<byte> pattern, ref int p, byte value)
    {
        switch (pattern[p])
        {
            case (byte)'?':
                p++;
                return true;
            case (byte)'[':
                return MatchesClass(pattern, ref p, value);
            case (byte)'\\' when p + 1 < pattern.Length:
                p += 2;
                return pattern[p - 1] == value;
            default:
                return pattern[p++] == value;
        }
    }

    private static bool MatchesClass(ReadOnlySpan<byte> pattern, ref int p, byte value)
    {
        p++;
        var isNegated = p < pattern.Length && pattern[p] == (byte)'^';
        if (isNegated) p++;
        var isMatch = false;
        for (; p < pattern.Length && pattern[p] != (byte)']'; p++)
        {
            if (pattern[p] == (byte)'\\' && p + 1 < pattern.Length)
            {
                isMatch |= pattern[++p] == value;
            }
            else if (p + 2 < pattern.Length && pattern[p + 1] == (byte)'-')
            {
                var (low, high) = (Math.Min(pattern[p], pattern[p + 2]), Math.Max(pattern[p], pattern[p + 2]));
                isMatch |= value >= low && value <= high;
                p += 2;
            }
            else
            {
                isMatch |= pattern[p] == value;
            }
        }

        if (p < pattern.Length) p++;
        return isMatch != isNegated;
    }
}
