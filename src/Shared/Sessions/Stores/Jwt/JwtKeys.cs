using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Jwt;

/// <summary>
/// The keys that all replicas sign and verify with: one per month, made by whichever replica comes first, kept in Redis under the shared key ring. A new key signs only when every replica has had time to read it; an old one
/// verifies as long as a token signed by it may live. Safe for concurrent use.
/// </summary>
internal sealed class JwtKeys(IRedisClient redis, IDataProtectionProvider protection, IOptions<SharedSessionOptions> options, TimeProvider time)
{
    /// <summary>How often replicas read the set.</summary>
    public static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Period = TimeSpan.FromDays(30);

    private readonly RedisKey _key = $"{options.Value.KeyPrefix}session-jwt-keys";
    private readonly IDataProtector _protector = protection.CreateProtector("ShopSession.Sessions.JwtKeys.v1");
    private volatile IReadOnlyDictionary<string, JwtKey> _all = new Dictionary<string, JwtKey>();

    public IEnumerable<JwtKey> All => _all.Values;

    public JwtKey? Find(string id) => _all.GetValueOrDefault(id);

    /// <summary>The one to sign with.</summary>
    /// <exception cref="SessionStoreUnavailableException">The keys could not be read yet.</exception>
    public JwtKey Signing
    {
        get
        {
            var known = time.GetUtcNow() - 2 * ReadInterval;
            return _all.Values.Where(key => key.CreatedAt <= known).MaxBy(key => key.CreatedAt)
                ?? _all.Values.MinBy(key => key.CreatedAt)
                ?? throw new SessionStoreUnavailableException("The keys that sign tokens have not been read yet.");
        }
    }

    /// <summary>Reads the set, adds this month's key where it is missing, and drops what no living token needs.</summary>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var name = (now.ToUnixTimeSeconds() / (long)Period.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var stored = await ReadAsync(cancellationToken);
        if (!stored.ContainsKey(name))
        {
            await redis.ExecuteAsync(new RedisCommand("HSETNX", _key, name, Seal(JwtKey.Create(name, now))), cancellationToken);
            stored = await ReadAsync(cancellationToken);
        }

        var oldest = now - 2 * Period - options.Value.RememberMeTimeout - options.Value.AbsoluteTimeout;
        foreach (var outlived in stored.Values.Where(key => key.CreatedAt < oldest).ToArray())
        {
            await redis.ExecuteAsync(new RedisCommand("HDEL", _key, outlived.Id), cancellationToken);
            stored.Remove(outlived.Id);
        }

        _all = stored;
    }

    private async Task<Dictionary<string, JwtKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var items = (await redis.ExecuteAsync(new RedisCommand("HGETALL", _key), cancellationToken)).ThrowIfError().Items;
        var keys = new Dictionary<string, JwtKey>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < items.Count; i += 2)
        {
            if (Open(items[i].AsString()!, items[i + 1].AsBytes().ToArray()) is { } key) keys[key.Id] = key;
        }

        return keys;
    }

    private byte[] Seal(JwtKey key) => _protector.Protect([.. BitConverter.GetBytes(key.CreatedAt.ToUnixTimeSeconds()), .. key.Pkcs8]);

    private JwtKey? Open(string id, byte[] bytes)
    {
        try
        {
            var plain = _protector.Unprotect(bytes);
            return new JwtKey(id, DateTimeOffset.FromUnixTimeSeconds(BitConverter.ToInt64(plain)), plain[8..]);
        }
        catch (CryptographicException)
        {
            // Of a key ring that is gone: its tokens are no longer accepted.
            return null;
        }
    }
}
