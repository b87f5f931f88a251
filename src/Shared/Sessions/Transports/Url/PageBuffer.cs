using Microsoft.AspNetCore.Http;

namespace ShopSession.Sessions.Transports.Url;

/// <summary>Holds back what a response writes when it is a page, and passes everything else on at once: pictures, JSON, streams of events.</summary>
#pragma warning disable CA2213 // The server owns the stream below.
internal sealed class PageBuffer(HttpResponse response, Stream inner) : Stream
#pragma warning restore CA2213
{
    private readonly MemoryStream _held = new();
    private bool? _isPage;

    /// <summary>The page so far; <see langword="null"/>: none was written.</summary>
    public MemoryStream? Page => _isPage == true ? _held : null;

    public override bool CanRead => false;

    // What was held back can be taken back (SetLength), as error handling does before it writes its own page.
    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _held.Length;

    public override long Position { get => _held.Position; set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsPage()) await _held.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        else await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // A flush before the first byte only asks for the headers; of a page those come when it is finished.
    public override Task FlushAsync(CancellationToken cancellationToken) => IsPage() || response.ContentType is null ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The response must be written asynchronously.");

    public override void Flush() => throw new NotSupportedException("The response must be written asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value)
    {
        _held.SetLength(value);
        if (value == 0 && _isPage == true) _isPage = null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _held.Dispose();
        base.Dispose(disposing);
    }

    private bool IsPage()
    {
        if (response.ContentType is { } type) _isPage ??= type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase);
        return _isPage == true;
    }
}
