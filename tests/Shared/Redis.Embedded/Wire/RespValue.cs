using System.Globalization;
using System.Text;

namespace ShopSession.Redis.Embedded.Tests.Wire;

/// <summary>A reply exactly as it came: its kind is the first byte on the wire.</summary>
internal sealed record RespValue(char Kind, string Text, IReadOnlyList<RespValue> Items)
{
    private const int LongestShown = 300;

    public bool IsNull => Kind == '_' || (Kind is '$' or '*' && Text == "-1" && Items.Count == 0 && IsNullLength);

    public bool IsNullLength { get; init; }

    public bool IsError => Kind == '-';

    public bool IsPush => Kind == '>';

    /// <summary>The reply as one line. Unordered: the items (pairs, when <paramref name="pairSize"/> is 2) are sorted.</summary>
    public string Render(bool isUnordered = false, int pairSize = 1)
    {
        if (IsNull) return Kind + "null";
        if (Kind is not ('*' or '%' or '~' or '>')) return Kind + Escape(Text);
        var items = Items.Select(i => i.Render()).ToList();
        if (isUnordered && (pairSize > 1 || Kind == '%')) items = [.. items.Chunk(2).Select(p => string.Join(" => ", p))];
        if (isUnordered || Kind == '~') items.Sort(StringComparer.Ordinal);
        return $"{Kind}[{string.Join(", ", items)}]";
    }

    public override string ToString() => Render();

    private static string Escape(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text.Length > LongestShown ? text[..LongestShown] : text)
            shown.Append(c is >= ' ' and < (char)127 ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"));
        return text.Length > LongestShown ? $"{shown}… ({text.Length} bytes, {string.GetHashCode(text, StringComparison.Ordinal)})" : shown.ToString();
    }
}
