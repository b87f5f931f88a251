using System.Text;

namespace ShopSession.Sessions.Sealing;

/// <summary>
/// Shortens a User-Agent without losing a character: the phrases of which browsers compose theirs become one byte each, so that the usual 110 characters become about ten bytes.
/// </summary>
/// <remarks>
/// A byte below 0x80 stands for its ASCII character, one from 0x80 for the phrase of that index, 0xFF for "the next byte as it is". The table is part of the stored form: append to it,
/// never change or remove an entry.
/// </remarks>
internal static class UserAgentPacking
{
    private const byte FirstPhrase = 0x80;
    private const byte Literal = 0xFF;

    private static readonly string[] Phrases =
    [
        "Mozilla/5.0 (", ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/", ".0.0.0 Safari/537.36", ".0.0.0 Mobile Safari/537.36", "Windows NT 10.0; Win64; x64", "X11; Linux x86_64",
        "Macintosh; Intel Mac OS X 10_15_7", "Linux; Android 10; K", "iPhone; CPU iPhone OS ", " like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/",
        " Mobile/15E148 Safari/604.1", ") AppleWebKit/605.1.15 (KHTML, like Gecko) Version/", " Safari/605.1.15", "; rv:", ".0) Gecko/20100101 Firefox/", "Windows NT 10.0; WOW64", "X11; Ubuntu; Linux x86_64",
        "X11; CrOS x86_64 ", "Linux; Android ", "iPad; CPU OS ", " like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/", " like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/",
        "X11; Linux aarch64", ".0.0.0 Safari/537.36 Edg/", ".0.0.0 Safari/537.36 OPR/", ") AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/", ") AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/",
        "Android ", "; Mobile; rv:", "Macintosh; Intel Mac OS X 10.", "Macintosh; Intel Mac OS X 10_", ".0.0.0", " Safari/537.36", " Mobile Safari/537.36", " Edg/", " OPR/", " Chrome/", ") AppleWebKit/537.36 (KHTML, like Gecko) ",
        ") AppleWebKit/605.1.15 (KHTML, like Gecko)", "curl/", "Wget/", "python-requests/", "PostmanRuntime/", "okhttp/", "Dart/", "compatible; ", "https://", "http://", "Mobile/", "Version/", "Gecko/", "Firefox/", "Windows NT ", "Linux", "x86_64", "Build/", ".0",
    ];

    private static readonly (string Phrase, byte Code)[] LongestFirst =
        [.. Phrases.Select((phrase, i) => (phrase, (byte)(FirstPhrase + i))).OrderByDescending(entry => entry.phrase.Length)];

    public static byte[] Pack(string userAgent)
    {
        var packed = new List<byte>(32);
        var rest = userAgent.AsSpan();
        Span<byte> utf8 = stackalloc byte[4];
        while (!rest.IsEmpty)
        {
            if (PhraseAt(rest) is var (phrase, code))
            {
                packed.Add(code);
                rest = rest[phrase.Length..];
                continue;
            }

            Rune.DecodeFromUtf16(rest, out var rune, out var consumed);
            rest = rest[consumed..];
            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
            {
                if (b >= FirstPhrase) packed.Add(Literal);
                packed.Add(b);
            }
        }

        return [.. packed];
    }

    public static string Unpack(ReadOnlySpan<byte> packed)
    {
        var text = new List<byte>(128);
        for (var i = 0; i < packed.Length; i++)
        {
            if (packed[i] < FirstPhrase) text.Add(packed[i]);
            else if (packed[i] == Literal && i + 1 < packed.Length) text.Add(packed[++i]);
            else if (packed[i] - FirstPhrase < Phrases.Length) text.AddRange(Encoding.ASCII.GetBytes(Phrases[packed[i] - FirstPhrase]));
        }

        return Encoding.UTF8.GetString([.. text]);
    }

    private static (string Phrase, byte Code)? PhraseAt(ReadOnlySpan<char> text)
    {
        foreach (var entry in LongestFirst)
        {
            if (text.StartsWith(entry.Phrase, StringComparison.Ordinal)) return entry;
        }

        return null;
    }
}
