using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace ShopSession.Sessions.KeyRing;

/// <summary>
/// The framework's key manager, and news of what other replicas did to the ring: left to itself a running process looks at the ring once a day, so a revoked key would be accepted, and a new one
/// unknown, for as long. Safe for concurrent use.
/// </summary>
internal sealed class SharedKeyManager(IKeyManager inner) : IKeyManager, IDisposable
{
    private CancellationTokenSource _changed = new();

    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate)
    {
        var key = inner.CreateNewKey(activationDate, expirationDate);
        Refresh();
        return key;
    }

    public IReadOnlyCollection<IKey> GetAllKeys() => inner.GetAllKeys();

    /// <summary>Cancelled when the ring that was read is not the ring any more.</summary>
    public CancellationToken GetCacheExpirationToken() => Volatile.Read(ref _changed).Token;

    // No refresh after these: without a usable key it fails, and the framework then goes on with the old ring for two minutes, whatever it is told. The keeper makes a key first.
    public void RevokeKey(Guid keyId, string? reason = null) => inner.RevokeKey(keyId, reason);

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => inner.RevokeAllKeys(revocationDate, reason);

    /// <summary>Makes whoever uses the ring read it anew.</summary>
    // The old source is left to the collector: it has no timer, and its token may still be asked.
    public void Refresh() => Interlocked.Exchange(ref _changed, new CancellationTokenSource()).Cancel();

    public void Dispose() => _changed.Dispose();
}
