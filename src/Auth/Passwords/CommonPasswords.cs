using System.Collections.Frozen;
using System.Text;

namespace ShopSession.Auth.Passwords;

/// <summary>
/// Knows the passwords that attackers try first. A list of exact passwords would miss <c>P@ssw0rd2024!</c>, so what is compared is the
/// root: lower case, digits and signs that stand for letters read as those letters, and what people add in front and behind taken off.
/// </summary>
internal sealed class CommonPasswords
{
    /// <summary>Words that belong to this shop: the first guesses of whoever attacks just it.</summary>
    private static readonly string[] ContextWords = ["holdfast", "shopsession", "shop", "shoplocalhost", "localhost", "chandler", "webshop", "demo"];

    private static readonly string[] KeyboardRows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "1234567890", "abcdefghijklmnopqrstuvwxyz", "zaq12wsxcde34rfvbgt56yhn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "q1w2e3r4t5y6u7i8o9p0", "1q2w3e4r5t6y7u8i9o0p"];

    private readonly FrozenSet<string> _words = Read();

    public bool Contains(string password, string? email, string? displayName)
    {
        var lower = password.ToLowerInvariant();
        // Ten digits are a phone number or a date, and all of them are tried within minutes.
        if (lower.Length <= 10 && lower.All(char.IsAsciiDigit)) return true;
        return IsPattern(lower) || Roots(lower).Any(root => IsKnown(root) || IsPattern(root) || IsOwn(root, email, displayName));
    }

    private bool IsKnown(string root)
    {
        if (root.Length < 3) return true;
        if (_words.Contains(root)) return true;
        // Two of them in a row: "passwordpassword", "iloveyoubaby".
        for (var i = 3; i <= root.Length - 3; i++)
        {
            if (_words.Contains(root[..i]) && _words.Contains(root[i..]) && root.Length <= 16) return true;
        }

        return false;
    }

    // The owner's own address or name is the first thing tried by someone who knows them.
    private static bool IsOwn(string root, string? email, string? displayName)
    {
        var parts = (email?.ToLowerInvariant().Split('@', '.', '-', '_', '+') ?? []).Concat(displayName?.ToLowerInvariant().Split(' ') ?? []);
        var whole = string.Concat((displayName ?? "").ToLowerInvariant().Where(char.IsLetterOrDigit));
        var address = LettersAndDigits((email ?? "").ToLowerInvariant());
        var local = string.Concat((email ?? "").ToLowerInvariant().TakeWhile(c => c != '@').Where(char.IsLetterOrDigit));
        return root == whole || root == local || root == address || parts.Any(part => part.Length >= 3 && (root == part || root == part + part));
    }

    private static bool IsPattern(string text)
    {
        if (text.Length < 4) return text.Length == 0;
        for (var period = 1; period <= text.Length / 2; period++)
        {
            if (IsRepeated(text, period) && (period <= 4 || text.Length % period == 0)) return true;
        }

        return KeyboardRows.Any(row => row.Contains(text, StringComparison.Ordinal) || (row + row).Contains(text, StringComparison.Ordinal) || Reversed(row).Contains(text, StringComparison.Ordinal)) || IsRunOfRows(text);
    }

    // "qwertyasdfgh", "qwer1234": pieces of rows of four and more, one after the other.
    private static bool IsRunOfRows(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var piece = Enumerable.Range(4, Math.Max(0, text.Length - at - 3)).LastOrDefault(length => KeyboardRows.Any(row => row.Contains(text.AsSpan(at, length), StringComparison.Ordinal)));
            if (piece == 0) return false;
            at += piece;
        }

        return true;
    }

    private static bool IsRepeated(string text, int period)
    {
        for (var i = period; i < text.Length; i++)
        {
            if (text[i] != text[i - period]) return false;
        }

        return true;
    }

    private static string Reversed(string text) => string.Concat(text.Reverse());

    /// <summary>The readings of a password: signs as letters or not, the additions at its ends taken off or not.</summary>
    private static IEnumerable<string> Roots(string lower)
    {
        var trimmed = TrimAdditions(lower);
        string[] readings = [lower, trimmed, AsLetters(lower, 'i'), AsLetters(lower, 'l'), AsLetters(trimmed, 'i'), AsLetters(trimmed, 'l'), TrimAdditions(AsLetters(lower, 'i')), lower.TrimEnd("0123456789!?.*#$@-_ ".ToCharArray())];
        return readings.Select(LettersAndDigits).Where(root => root.Length > 0).Distinct(StringComparer.Ordinal);
    }

    private static string TrimAdditions(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && !char.IsLetter(text[start])) start++;
        while (end > start && !char.IsLetter(text[end - 1])) end--;
        // Nothing but digits and signs: judged whole, as a pattern or by the list.
        return start == end ? text : text[start..end];
    }

    private static string AsLetters(string text, char one)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            letters.Append(c switch { '0' => 'o', '1' or '!' or '|' => one, '3' or '€' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' or '+' => 't', '8' => 'b', '9' => 'g', _ => c });
        }

        return letters.ToString();
    }

    private static string LettersAndDigits(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Concat(ContextWords).ToFrozenSet(StringComparer.Ordinal);
    }
}
