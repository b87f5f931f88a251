namespace ShopSession.Redis.Protocol;

/// <summary>A string with a length in front of it, while its bytes are arriving.</summary>
internal sealed class RespBulk
{
    // Up to this length the memory is taken at once, which a connection can hold for one string only; beyond, as the bytes arrive.
    private const int AtOnce = 1024 * 1024;
    private const int First = 64 * 1024;

    private byte[] _bytes = [];
    private byte _kind;
    private int _length;
    private int _filled;

    public bool IsOpen { get; private set; }

    public void Open(byte kind, int length)
    {
        _kind = kind;
        _length = length;
        _filled = 0;
        _bytes = length == 0 ? [] : GC.AllocateUninitializedArray<byte>(length <= AtOnce ? length : First);
        IsOpen = true;
    }

    /// <summary>Takes what it needs from the front of <paramref name="input"/>; true when the string and its end are there.</summary>
    public bool TryFill(ref ReadOnlySpan<byte> input)
    {
        var take = Math.Min(input.Length, _length - _filled);
        if (take > 0)
        {
            EnsureRoom(_filled + take);
            input[..take].CopyTo(_bytes.AsSpan(_filled));
            _filled += take;
            input = input[take..];
        }

        if (_filled < _length || input.Length < 2) return false;
        if (input[0] != '\r' || input[1] != '\n')
            throw new RedisProtocolException($"A string of {_length} bytes is not followed by the end of the line.");
        input = input[2..];
        return true;
    }

    /// <summary>Where the bytes that are still missing can be put without a detour; empty when fewer than <paramref name="least"/> are missing.</summary>
    public Memory<byte> Missing(int least)
    {
        if (!IsOpen || _length - _filled < least) return default;
        EnsureRoom(_filled + least);
        return _bytes.AsMemory(_filled);
    }

    /// <summary>Counts bytes that were put into what <see cref="Missing"/> gave.</summary>
    public void Advance(int count) => _filled += count;

    public RedisReply Take()
    {
        IsOpen = false;
        var bytes = _bytes;
        _bytes = [];
        return _kind switch
        {
            (byte)'!' => RedisReply.FromBytes(RedisReplyType.Error, bytes),
            (byte)'=' when bytes.Length >= 4 && bytes[3] == ':' => RedisReply.FromBytes(RedisReplyType.VerbatimString, bytes[4..]),
            (byte)'=' => throw new RedisProtocolException("A verbatim string lacks its format prefix of three letters and a colon."),
            _ => RedisReply.FromBytes(RedisReplyType.BulkString, bytes),
        };
    }

    private void EnsureRoom(int needed)
    {
        if (needed <= _bytes.Length) return;
        Array.Resize(ref _bytes, (int)Math.Min(_length, Math.Max(needed, _bytes.Length * 2L)));
    }
}
