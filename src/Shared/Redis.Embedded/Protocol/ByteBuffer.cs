using System.Buffers;

namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>A growing byte buffer over pooled arrays. Beyond <c>limit</c> it stops taking bytes and says so instead of exhausting memory.</summary>
internal sealed class ByteBuffer(int initialCapacity, int limit = int.MaxValue - 64)
{
    private byte[] _array = ArrayPool<byte>.Shared.Rent(initialCapacity);

    public int Length { get; private set; }

    /// <summary>Whether bytes had to be dropped because the limit was reached.</summary>
    public bool Overflowed { get; private set; }

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (!TryReserve(bytes.Length)) return;
        bytes.CopyTo(_array.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Append(byte value)
    {
        if (!TryReserve(1)) return;
        _array[Length++] = value;
    }

    /// <summary>Room for <paramref name="size"/> bytes to write to before <see cref="Advance"/>; empty beyond the limit.</summary>
    public Span<byte> GetSpan(int size) => TryReserve(size) ? _array.AsSpan(Length) : [];

    public void Advance(int count) => Length += count;

    public void Overwrite(int position, ReadOnlySpan<byte> bytes) => bytes.CopyTo(_array.AsSpan(position, Length - position));

    public void Truncate(int length)
    {
        Length = Math.Min(Length, length);
        Overflowed = false;
    }

    /// <summary>Gives the array away (the receiver returns it to the pool) and starts over with a small one.</summary>
    public ArraySegment<byte> Detach()
    {
        var segment = new ArraySegment<byte>(_array, 0, Length);
        _array = ArrayPool<byte>.Shared.Rent(initialCapacity);
        Length = 0;
        Overflowed = false;
        return segment;
    }

    private bool TryReserve(int size)
    {
        if (Overflowed) return false;
        if (_array.Length - Length >= size) return true;
        var needed = (long)Length + size;
        if (needed > limit)
        {
            Overflowed = true;
            return false;
        }

        var grown = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, _array.Length * 2L), limit));
        _array.AsSpan(0, Length).CopyTo(grown);
        ArrayPool<byte>.Shared.Return(_array);
        _array = grown;
        return true;
    }
}
