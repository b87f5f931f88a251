using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ShopSession.Redis.Tests.Protocol;

/// <summary>
/// RESP read the plain way, recursively and from the whole text at once: what the streaming parser is compared with. It shares no
/// code with it.
/// </summary>
internal sealed class ReferenceParser(byte[] bytes)
{
    private int _at;

    /// <summary>The replies up to the first one that is wrong or incomplete.</summary>
    public List<(string Meaning, bool IsPush)> ReadAll()
    {
        var all = new List<(string, bool)>();
        try
        {
            while (_at < bytes.Length)
            {
                var value = Read(0, out var kind);
                if (kind != '|') all.Add((value, kind == '>'));
            }
        }
        catch (FormatException)
        {
            // Wrong or incomplete from here on.
        }

        return all;
    }

    // The kind '|' says that what was read is an attribute and no value.
    private string Read(int depth, out char kind)
    {
        kind = _at < bytes.Length ? (char)bytes[_at] : throw new FormatException();
        if (!"+-:$*_,#!=(%~>|".Contains(kind, StringComparison.Ordinal)) throw new FormatException();
        var line = Line();
        switch (kind)
        {
            case '+': return $"SimpleString({Encoding.UTF8.GetString(line)})";
            case '-': return $"Error({Encoding.UTF8.GetString(line)})";
            case ':': return Number(line).ToString(CultureInfo.InvariantCulture);
            case '_': return line.Length == 0 ? "null" : throw new FormatException();
            case '#': return line is [(byte)'t'] ? "true" : line is [(byte)'f'] ? "false" : throw new FormatException();
            case ',': return $"Double({Double(Encoding.Latin1.GetString(line))})";
            case '(':
                var digits = line is [(byte)'+' or (byte)'-', ..] ? line[1..] : line;
                return digits.Length > 0 && digits.All(b => b is >= (byte)'0' and <= (byte)'9')
                    ? $"BigNumber({Encoding.UTF8.GetString(line)})"
                    : throw new FormatException();
            case '$' or '=' or '!': return Bulk(kind, line);
            default: return Aggregate(depth, ref kind, line);
        }
    }

    private string Bulk(char kind, byte[] line)
    {
        var length = Length(line);
        if (length < 0) return "null";
        if (_at + length + 2 > bytes.Length || bytes[_at + length] != '\r' || bytes[_at + length + 1] != '\n') throw new FormatException();
        var content = bytes[_at..(int)(_at + length)];
        _at += (int)length + 2;
        if (kind == '=') return content is [_, _, _, (byte)':', ..] ? $"VerbatimString({Encoding.UTF8.GetString(content[4..])})" : throw new FormatException();
        return $"{(kind == '!' ? "Error" : "BulkString")}({Encoding.UTF8.GetString(content)})";
    }

    private string Aggregate(int depth, ref char kind, byte[] line)
    {
        var count = Length(line);
        if (kind == '>' && (depth > 0 || count < 1)) throw new FormatException();
        if (count < 0)
        {
            // A null is a value, whatever it is the null of.
            kind = '*';
            return "null";
        }

        if (kind is '%' or '|') count *= 2;
        if (count > 0 && depth == 32) throw new FormatException();
        var items = new List<string>();
        while (items.Count < count)
        {
            var item = Read(depth + 1, out var itemKind);
            if (itemKind != '|') items.Add(item);
        }

        var type = kind switch { '%' => "Map", '~' => "Set", _ => "Array" };
        return $"{type}[{string.Join(',', items)}]";
    }

    private byte[] Line()
    {
        var end = Array.IndexOf(bytes, (byte)'\n', _at);
        if (end < 0 || end - _at < 2 || bytes[end - 1] != '\r') throw new FormatException();
        var line = bytes[(_at + 1)..(end - 1)];
        _at = end + 1;
        return line;
    }

    private static long Length(byte[] line) => Number(line) is >= -1 and <= int.MaxValue / 2 and var length ? length : throw new FormatException();

    private static long Number(byte[] line) =>
        long.TryParse(Encoding.Latin1.GetString(line), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException();

    private static string Double(string text) => text switch
    {
        "inf" or "+inf" => "Infinity",
        "-inf" => "-Infinity",
        "nan" or "-nan" => "NaN",
        _ when Regex.IsMatch(text, @"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z") =>
            double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        _ => throw new FormatException(),
    };
}
