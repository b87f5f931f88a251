using System.Buffers.Text;
using System.Text;

namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>Writes replies in RESP2 or RESP3 form; the caller says what it means, the version decides how it looks.</summary>
internal sealed class ReplyWriter(ByteBuffer buffer)
{
    public ByteBuffer Buffer => buffer;

    /// <summary>The protocol version of the client that is being answered: 2 or 3.</summary>
    public int Version { get; set; } = 2;

    public void Ok() => buffer.Append("+OK\r\n"u8);

    public void Queued() => buffer.Append("+QUEUED\r\n"u8);

    public void Simple(string text) => Line((byte)'+', text);

    /// <summary>An error. Line breaks would end the reply early, so they become spaces as in Redis.</summary>
    public void Error(string message) => Line((byte)'-', message.Replace('\r', ' ').Replace('\n', ' '));

    public void Integer(long value) => Number((byte)':', value);

    public void Bulk(ReadOnlySpan<byte> bytes)
    {
        Number((byte)'$', bytes.Length);
        buffer.Append(bytes);
        buffer.Append("\r\n"u8);
    }

    public void Bulk(string text) => Bulk(Encoding.UTF8.GetBytes(text));

    public void BulkOrNull(byte[]? bytes)
    {
        if (bytes is null) Null();
        else Bulk(bytes);
    }

    public void Null() => buffer.Append(Version == 3 ? "_\r\n"u8 : "$-1\r\n"u8);

    public void NullArray() => buffer.Append(Version == 3 ? "_\r\n"u8 : "*-1\r\n"u8);

    public void ArrayHeader(int count) => Number((byte)'*', count);

    public void MapHeader(int pairs)
    {
        if (Version == 3) Number((byte)'%', pairs);
        else Number((byte)'*', pairs * 2L);
    }

    public void SetHeader(int count) => Number(Version == 3 ? (byte)'~' : (byte)'*', count);

    public void PushHeader(int count) => Number(Version == 3 ? (byte)'>' : (byte)'*', count);

    public void Double(double value)
    {
        var text = Numbers.Format(value);
        if (Version == 3) Line((byte)',', text);
        else Bulk(text);
    }

    /// <summary>Text for people: a verbatim string in RESP3, a bulk string in RESP2.</summary>
    public void Verbatim(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (Version != 3)
        {
            Bulk(bytes);
            return;
        }

        Number((byte)'=', bytes.Length + 4);
        buffer.Append("txt:"u8);
        buffer.Append(bytes);
        buffer.Append("\r\n"u8);
    }

    public void Raw(ReadOnlySpan<byte> encoded) => buffer.Append(encoded);

    private void Line(byte prefix, string text)
    {
        buffer.Append(prefix);
        buffer.Append(Encoding.UTF8.GetBytes(text));
        buffer.Append("\r\n"u8);
    }

    private void Number(byte prefix, long value)
    {
        var span = buffer.GetSpan(24);
        if (span.IsEmpty) return;
        span[0] = prefix;
        Utf8Formatter.TryFormat(value, span[1..], out var digits);
        span[digits + 1] = (byte)'\r';
        span[digits + 2] = (byte)'\n';
        buffer.Advance(digits + 3);
    }
}
