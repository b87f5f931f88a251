using System.Buffers.Text;
using System.Text;

namespace ShopSession.Redis.Protocol;

/// <summary>Commands in wire form, waiting to be sent together. The memory is kept for the next round, up to a limit.</summary>
internal sealed class OutputBuffer
{
    private const int KeptCapacity = 1024 * 1024;

    private byte[] _bytes = new byte[16 * 1024];
    private int _length;

    public int Length => _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > KeptCapacity) _bytes = new byte[16 * 1024];
    }

    /// <summary>Takes back what was written since the buffer had this length.</summary>
    public void Truncate(int length) => _length = length;

    /// <summary>Writes what is in wire form already.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Write(RedisCommand command)
    {
        var arguments = command.Arguments;
        WriteHead((byte)'*', arguments.Length + 1);
        WriteText(command.Name);
        foreach (ref readonly var argument in arguments)
        {
            var count = argument.ByteCount;
            WriteHead((byte)'$', count);
            Reserve(count + 2);
            argument.CopyTo(_bytes.AsSpan(_length, count));
            _length += count;
            WriteEnd();
        }
    }

    private void WriteText(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        WriteHead((byte)'$', count);
        Reserve(count + 2);
        _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
        WriteEnd();
    }

    private void WriteHead(byte kind, int number)
    {
        Reserve(16);
        _bytes[_length++] = kind;
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out var written);
        _length += written;
        WriteEnd();
    }

    private void WriteEnd()
    {
        _bytes[_length++] = (byte)'\r';
        _bytes[_length++] = (byte)'\n';
    }

    private void Reserve(int count)
    {
        if (_length + (long)count <= _bytes.Length) return;
        var capacity = Math.Max(_bytes.Length * 2L, _length + (long)count);
        Array.Resize(ref _bytes, checked((int)Math.Min(capacity, Array.MaxLength)));
    }
}
