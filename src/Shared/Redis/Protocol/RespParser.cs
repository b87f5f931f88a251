using System.Diagnostics.CodeAnalysis;

namespace ShopSession.Redis.Protocol;

/// <summary>
/// Reads RESP2 and RESP3 replies from a stream that arrives in pieces of any size. It keeps its place between the pieces, so a
/// large reply is looked at once, and takes memory only for what has arrived: an announced length is a promise, not a reason to
/// allocate. Not safe for concurrent use. After an exception the stream has no known position and the parser must not be used again.
/// </summary>
/// <remarks>Grammar: https://github.com/redis/redis-specifications/blob/master/protocol/RESP3.md</remarks>
internal sealed class RespParser(RespLimits limits)
{
    private readonly Stack<RespFrame> _open = new();
    private readonly RespBulk _bulk = new();
    private long _budget;
    private bool _started;

    /// <summary>Whether a reply has begun and is not complete.</summary>
    public bool IsInsideReply => _started;

    /// <summary>
    /// Consumes from the front of <paramref name="input"/>. False: more bytes are needed; what is left of <paramref name="input"/>
    /// must come again, in front of them.
    /// </summary>
    /// <param name="input">The bytes at hand; advanced past what was consumed.</param>
    /// <param name="reply">The complete reply.</param>
    /// <param name="isPush">Whether it is out-of-band data (RESP3 push) and nobody's reply.</param>
    /// <exception cref="RedisProtocolException">The bytes are not RESP, or exceed the limits.</exception>
    public bool TryRead(ref ReadOnlySpan<byte> input, out RedisReply reply, out bool isPush)
    {
        if (!_started) _budget = limits.MaxReplyBytes;
        while (TryReadValue(ref input, out reply, out var isValue))
        {
            if (!isValue || !TryCloseFrames(ref reply, out isPush)) continue;
            _started = false;
            return true;
        }

        isPush = false;
        return false;
    }

    /// <summary>
    /// The memory of a long string that is arriving, for its next bytes to be received into: they are then not copied. Empty when there is no such string; else call <see cref="Advance"/>, with no
    /// input kept back from before.
    /// </summary>
    /// <param name="least">How much must be missing to be worth it.</param>
    public Memory<byte> Missing(int least) => _bulk.Missing(least);

    /// <summary>Counts bytes that were received into what <see cref="Missing"/> gave.</summary>
    public void Advance(int count) => _bulk.Advance(count);

    // One scalar, or the head of an aggregate. isValue is false when there is no value yet that could be handed on.
    private bool TryReadValue(ref ReadOnlySpan<byte> input, out RedisReply value, out bool isValue)
    {
        value = default;
        isValue = false;
        if (_bulk.IsOpen)
        {
            if (!_bulk.TryFill(ref input)) return false;
            value = _bulk.Take();
            return isValue = true;
        }

        if (!RespLine.TryTake(ref input, limits.MaxLineBytes, out var kind, out var line)) return false;
        _started = true;
        Spend(line.Length);
        switch (kind)
        {
            case (byte)'$' or (byte)'=' or (byte)'!':
                isValue = TryOpenBulk(kind, line, ref input, out value);
                return true;
            case (byte)'*' or (byte)'%' or (byte)'~' or (byte)'>' or (byte)'|':
                isValue = OpenAggregate(kind, line, out value);
                return true;
            default:
                value = RespScalar.Parse(kind, line);
                return isValue = true;
        }
    }

    private bool TryOpenBulk(byte kind, scoped ReadOnlySpan<byte> line, ref ReadOnlySpan<byte> input, out RedisReply value)
    {
        value = default;
        var length = RespScalar.ParseLength(kind, line);
        if (length < 0) return true;
        Spend(length);
        _bulk.Open(kind, (int)length);
        if (!_bulk.TryFill(ref input)) return false;
        value = _bulk.Take();
        return true;
    }

    private bool OpenAggregate(byte kind, ReadOnlySpan<byte> line, out RedisReply value)
    {
        value = default;
        var count = RespScalar.ParseLength(kind, line);
        if (kind == '>' && _open.Count > 0) Refuse("A push message stands inside another reply.");
        if (kind == '>' && count < 1) Refuse("A push message is empty.");
        if (count < 0) return true;
        if (kind is (byte)'%' or (byte)'|') count *= 2;
        Spend(count * RespLimits.ItemCost);
        var frame = new RespFrame(kind, (int)count);
        if (count == 0)
        {
            value = frame.ToReply();
            return kind != '|';
        }

        if (_open.Count == limits.MaxDepth) Refuse($"The reply is nested deeper than {limits.MaxDepth} levels.");
        _open.Push(frame);
        return false;
    }

    // Hands the value to the innermost open aggregate; closes those that are complete with it.
    private bool TryCloseFrames(ref RedisReply reply, out bool isPush)
    {
        isPush = false;
        while (_open.TryPeek(out var frame))
        {
            if (!frame.Add(reply)) return false;
            _open.Pop();
            // Attributes describe the value that follows them and are no value themselves.
            if (frame.Kind == '|') return false;
            isPush = frame.Kind == '>';
            reply = frame.ToReply();
        }

        return true;
    }

    private void Spend(long bytes)
    {
        _budget -= bytes;
        if (_budget < 0) Refuse($"The reply is larger than the limit of {limits.MaxReplyBytes} bytes.");
    }

    [DoesNotReturn]
    private static void Refuse(string message) => throw new RedisProtocolException(message);
}
