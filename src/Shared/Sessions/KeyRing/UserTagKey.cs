using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using ShopSession.Redis;
using ShopSession.Sessions.Stores.Redis;

namespace ShopSession.Sessions.KeyRing;

/// <summary>
/// The key that turns a user's id into the opaque tag of their sessions. Made once by whichever replica comes first and kept in the store, protected
/// by the key ring; so being able to open it is also the proof that this replica has the same ring and application name as the others. Safe for
/// concurrent use.
/// </summary>
internal sealed class UserTagKey(IRedisClient redis, IDataProtectionProvider protection, IOptions<SharedSessionOptions> options) : IDisposable
{
    private const int Length = 32;

    private readonly RedisKey _key = new RedisSessionKeys(options.Value.KeyPrefix).TagKey;
    private readonly IDataProtector _protector = protection.CreateProtector("ShopSession.Sessions.UserTagKey.v1");
    private readonly SemaphoreSlim _once = new(1, 1);
    private volatile byte[]? _value;

    /// <exception cref="SessionStoreUnavailableException">The store does not answer.</exception>
    /// <exception cref="KeyRingMismatchException">The stored key was protected by another ring or application name.</exception>
    public async ValueTask<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        if (_value is { } known) return known;
        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _value ??= await AgreeAsync(RandomNumberGenerator.GetBytes(Length), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Checks that the stored key is the one in use. A store that lost it (it was wiped) is given it back, so that old and new replicas go on agreeing.</summary>
    public async ValueTask VerifyAsync(CancellationToken cancellationToken)
    {
        var mine = await GetAsync(cancellationToken).ConfigureAwait(false);
        var stored = await AgreeAsync(mine, cancellationToken).ConfigureAwait(false);
        // Another replica was first after the wipe. No session of the old key is left in the store, so taking over the new one loses nothing.
        if (!CryptographicOperations.FixedTimeEquals(mine, stored)) _value = stored;
    }

    public void Dispose() => _once.Dispose();

    private async ValueTask<byte[]> AgreeAsync(byte[] proposal, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await redis.ExecuteAsync(new RedisCommand("GET", _key), cancellationToken).ConfigureAwait(false);
            if (stored.IsNull)
            {
                await redis.ExecuteAsync(new RedisCommand("SET", _key, _protector.Protect(proposal), "NX"), cancellationToken).ConfigureAwait(false);
                stored = await redis.ExecuteAsync(new RedisCommand("GET", _key), cancellationToken).ConfigureAwait(false);
            }

            return _protector.Unprotect(stored.AsBytes().ToArray());
        }
        catch (RedisException exception)
        {
            throw RedisCalls.Unavailable(exception);
        }
        catch (CryptographicException exception)
        {
            throw new KeyRingMismatchException(
                "This replica's data-protection key ring or application name differs from that of the replicas that share the session store: what they protected cannot be opened here. " +
                "Give every service the same store, the same Session:ApplicationName and the same Session:KeyRingSecret (see the log of Microsoft.AspNetCore.DataProtection for which key it was).",
                exception);
        }
    }
}

/// <summary>This replica cannot open what the others protected. It must not serve.</summary>
public sealed class KeyRingMismatchException(string message, Exception? innerException = null) : Exception(message, innerException);
