using System.Buffers;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Connections;

/// <summary>The receiving half: replies to their callers in order, push messages to their handler.</summary>
internal sealed partial class RedisConnection
{
    private const int ReadSize = 16 * 1024;

    private long _confirmedAt;
    private long _receivedBytes;

    private async Task ReadAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            var parser = new RespParser(_settings.Limits);
            var used = 0;
            while (true)
            {
                // Only an unfinished line is ever kept back, so this grows to the limit of a line at most.
                if (used == buffer.Length) buffer = Grow(buffer, used);
                // A long value is received in its own place; all else in the buffer, many replies at once.
                var direct = used == 0 ? parser.Missing(ReadSize) : default;
                var taken = Arrivals?.Taken ?? 0;
                var reading = _stream.ReadAsync(direct.IsEmpty ? buffer.AsMemory(used) : direct, _stop.Token);
                // Nothing more is at hand, also not with TLS: all that was taken was looked at.
                if (!reading.IsCompleted) Arrivals?.LookedAt(taken);
                var count = await reading.ConfigureAwait(false);
                if (count == 0) throw new EndOfStreamException($"Redis at {_settings.Name} closed the connection.");
                Interlocked.Add(ref _receivedBytes, count);
                if (direct.IsEmpty) used = Consume(parser, buffer, used + count);
                else parser.Advance(count);
                MakeRoom();
            }
        }
        catch (Exception e)
        {
            // Whatever it was, the place in the stream is lost: the callers are told, and nobody may get another one's reply.
            Close(e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int used)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    // Returns how many bytes at the front of the buffer have to be kept.
    private int Consume(RespParser parser, byte[] buffer, int length)
    {
        ReadOnlySpan<byte> input = buffer.AsSpan(0, length);
        while (parser.TryRead(ref input, out var reply, out var isPush))
        {
            if (isPush || (Protocol == 2 && IsSubscriptionMessage(reply))) HandlePush(reply);
            else HandleReply(reply);
        }

        input.CopyTo(buffer);
        return input.Length;
    }

    private void HandleReply(in RedisReply reply)
    {
        RedisRequest? request;
        bool last;
        lock (_gate)
        {
            if (_failure is not null) return;
            if (!_waiting.TryPeek(out request) || request.Position >= _handedOver)
                throw new RedisProtocolException($"Redis at {_settings.Name} sent a reply that nobody asked for.");
            last = request.Missing == 1;
            // Held while in use here: the connection may be closed meanwhile and let go of all that wait.
            if (last) _waiting.Dequeue();
            else request.Hold();
        }

        OnReply?.Invoke(request, reply);
        // Before the caller goes on: it may rely on what is confirmed.
        if (last) Volatile.Write(ref _confirmedAt, request.QueuedAt);
        // What was not executed here goes to the next connection; who is not direct sees to it itself.
        if (reply.IsError && RedisRefusal.IsNotServing(reply) && Leave(reply) && request.TryDetach())
        {
            request.Owner!.SendAgain([request]);
        }
        else
        {
            request.Offer(reply);
            request.Release();
        }

        EndIfLeft();
    }

    private void HandlePush(in RedisReply message)
    {
        RedisRequest? answered = null;
        if (RedisPushMessage.IsSubscriptionChange(message))
        {
            lock (_gate)
            {
                if (_waiting.TryPeek(out answered) && answered.IsAnsweredByPush) _waiting.Dequeue();
                else answered = null;
            }
        }

        OnPush?.Invoke(message);
        if (answered is null) return;
        answered.Offer(message);
        answered.Release();
        EndIfLeft();
    }

    // RESP2 has no push type: on a connection that subscribes, messages are told by their first word.
    private bool IsSubscriptionMessage(in RedisReply reply) => OnPush is not null && RedisPushMessage.IsPubSub(reply);
}
