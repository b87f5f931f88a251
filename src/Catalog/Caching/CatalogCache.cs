using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace ShopSession.Catalog.Caching;

/// <summary>
/// Remembers for a few seconds what was read from the database for everybody alike: lists, counts, neighbours. Data, never pages: a page
/// carries the visitor's name, cart and anti-forgery token. Values are shared between requests and must not be changed. Safe for concurrent use.
/// </summary>
internal sealed class CatalogCache(IOptions<CatalogCacheOptions> options) : IDisposable
{
    private const int Stripes = 64;

    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = options.Value.Entries });
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];
    private long _generation;

    /// <summary>
    /// What was read lately under <paramref name="key"/>, or what <paramref name="read"/> reads now. Of those who miss it at the same moment one
    /// reads and the others wait. <paramref name="read"/> must not call this again.
    /// </summary>
    /// <param name="key">Everything that the value depends on; a value type or record, and of a type of its own for each kind of value.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellationToken">Stops waiting for the others.</param>
    public async Task<T> GetAsync<T>(object key, Func<Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        if (options.Value.MaxAge == TimeSpan.Zero) return await read();
        var entry = (Interlocked.Read(ref _generation), key);
        if (_entries.TryGetValue(entry, out T? known)) return known!;
        var turn = _turns[(uint)key.GetHashCode() % Stripes];
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (_entries.TryGetValue(entry, out known)) return known!;
            var value = await read();
            // Under the generation from before the reading: what was changed meanwhile is not hidden by it.
            return _entries.Set(entry, value, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = options.Value.MaxAge, Size = 1 });
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Forgets everything, in this process: something was changed. Other replicas follow when their entries are too old.</summary>
    public void Clear() => Interlocked.Increment(ref _generation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _entries.Dispose();
        foreach (var turn in _turns) turn.Dispose();
    }
}
