using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ShopSession.Sessions.Http;

/// <summary>
/// Stands before the response's body once a request changed its session: no byte leaves before the change is stored. The server answers as soon as the
/// body is written, before the middleware gets control again; without this the next request, on another replica, would read what was before. A failure to store reaches the
/// writer as its exception, while the response can still become an error.
/// </summary>
#pragma warning disable CA1001 // The wrapping stream holds nothing: the server owns, and disposes, the one below it.
internal sealed class CommitBeforeBody : IHttpResponseBodyFeature
#pragma warning restore CA1001
{
    private readonly IHttpResponseBodyFeature _inner;
    private readonly SharedSession _session;
    private readonly CommittingStream _stream;
    private readonly CommittingWriter _writer;

    private CommitBeforeBody(IHttpResponseBodyFeature inner, SharedSession session)
    {
        _inner = inner;
        _session = session;
        _stream = new CommittingStream(inner.Stream, session);
        _writer = new CommittingWriter(inner.Writer, session);
    }

    public Stream Stream => _stream;

    public PipeWriter Writer => _writer;

    public static void Install(HttpContext context, SharedSession session)
    {
        var inner = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        if (inner is not CommitBeforeBody) context.Features.Set<IHttpResponseBodyFeature>(new CommitBeforeBody(inner, session));
    }

    public void DisableBuffering() => _inner.DisableBuffering();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _session.CommitAsync(cancellationToken).ConfigureAwait(false);
        await _inner.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task CompleteAsync()
    {
        await _session.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        await _inner.CompleteAsync().ConfigureAwait(false);
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await _session.CommitAsync(cancellationToken).ConfigureAwait(false);
        await _inner.SendFileAsync(path, offset, count, cancellationToken).ConfigureAwait(false);
    }

    private sealed class CommittingWriter(PipeWriter inner, SharedSession session) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            return await inner.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        public override async ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            return await inner.WriteAsync(source, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class CommittingStream(Stream inner, SharedSession session) : Stream
    {
        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => inner.CanSeek;

        public override bool CanWrite => inner.CanWrite;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => inner.Position = value; }

        // The server refuses synchronous writing (AllowSynchronousIO); so does this, with the same result.
        public override void Flush() => throw SynchronousIo();

        public override void Write(byte[] buffer, int offset, int count) => throw SynchronousIo();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            await inner.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        private static InvalidOperationException SynchronousIo() =>
            new("The response of a request that changed its session must be written asynchronously: the change is stored first.");
    }
}
