namespace ShopSession.Redis.Tests.Protocol;

/// <summary>Takes everything that is written, and once released gives back recorded bytes in random pieces and then its end.</summary>
internal sealed class RecordedStream(byte[] bytes, int seed) : Stream
{
    private readonly Random _random = new(seed);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _at;
    private int _written;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>How many bytes were written.</summary>
    public int Written => Volatile.Read(ref _written);

    public void Release() => _released.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _released.Task.WaitAsync(cancellationToken);
        var count = Math.Min(bytes.Length - _at, Math.Min(buffer.Length, _random.Next(1, 40)));
        bytes.AsSpan(_at, count).CopyTo(buffer.Span);
        _at += count;
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Interlocked.Add(ref _written, buffer.Length);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
    }
}
