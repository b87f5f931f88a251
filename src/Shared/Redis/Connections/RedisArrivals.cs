using System.Runtime.CompilerServices;

namespace ShopSession.Redis.Connections;

/// <summary>
/// Counts what is taken out of a socket, so that bytes that have arrived are never out of sight: they lie in the socket, or are counted here before they leave it, until the reader has looked at
/// them and waits for more. Between a server's message and its turn in a busy process lies any amount of time, and what it is about must not be served meanwhile.
/// </summary>
internal sealed class RedisArrivals
{
    private long _taken;
    private long _lookedAt;

    /// <summary>How often bytes were taken.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Whether some of what was taken was not looked at yet.</summary>
    public bool IsInHand => Volatile.Read(ref _lookedAt) != Volatile.Read(ref _taken);

    /// <summary>Something is about to be taken out of the socket.</summary>
    public void Take() => Interlocked.Increment(ref _taken);

    /// <summary>All was looked at that had been taken when <see cref="Taken"/> had this value.</summary>
    public void LookedAt(long taken) => Volatile.Write(ref _lookedAt, taken);

    /// <summary>Puts the counting between a socket and whoever reads from it, below TLS where there is any: that takes bytes out earlier than its reader asks for them.</summary>
    public Stream Over(Stream socket) => new CountingStream(socket, this);

    private sealed class CountingStream(Stream socket, RedisArrivals arrivals) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // A read of no bytes ends when there is something to read, and leaves it where it is.
            await socket.ReadAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
            if (buffer.IsEmpty) return 0;
            arrivals.Take();
            return await socket.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => socket.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => socket.FlushAsync(cancellationToken);

        public override void Flush() => socket.Flush();

        public override int Read(byte[] buffer, int offset, int count)
        {
            arrivals.Take();
            return socket.Read(buffer, offset, count);
        }

        public override void Write(byte[] buffer, int offset, int count) => socket.Write(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) socket.Dispose();
            base.Dispose(disposing);
        }

        public override async ValueTask DisposeAsync()
        {
            await socket.DisposeAsync().ConfigureAwait(false);
            await base.DisposeAsync().ConfigureAwait(false);
        }
    }
}
