using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ShopSession.Redis;
using ShopSession.Sessions.Diagnostics;

namespace ShopSession.Sessions.KeyRing;

/// <summary>
/// Sees to it that all replicas use the same data-protection key. Left to itself the framework lets every replica that meets an empty ring make a key of its own, in force at
/// once, and replicas that started together then cannot read one another's tokens. Here keys are made under a lock in the store, before anything asks for one, and
/// the next long before the present one ends. What any replica adds to the ring, a key or a revocation, all take over within <see cref="LookEvery"/>; a store that lost the ring (it was
/// wiped) is given it back, so that what was sealed can still be opened.
/// </summary>
internal sealed class KeyRingKeeper(
    IRedisClient redis, SharedKeyManager keys, IOptions<KeyManagementOptions> management, TimeProvider time, IOptions<SharedSessionOptions> options, ILogger<KeyRingKeeper> logger)
    : BackgroundService, IHostedLifecycleService
{
    /// <summary>How often a replica looks whether the ring has changed.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>How often a replica looks whether the next key is due, when the ring has not changed.</summary>
    private static readonly TimeSpan EnsureEvery = TimeSpan.FromHours(1);

    /// <summary>The framework's own default lifetime of a key.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>How long before the present key's end the next one is made.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);

    /// <summary>The framework's propagation window, for services that share the ring without this keeper: they look at it once a day, so a key made now is known everywhere in two.</summary>
    private static readonly TimeSpan Propagation = TimeSpan.FromDays(2);

    /// <summary>The first key counts as in force a little earlier, so that a replica whose clock is behind accepts it.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);

    private readonly RedisKey _lock = $"{options.Value.KeyPrefix}data-protection-lock";

    /// <summary>The ring's elements at the last look; null before the first.</summary>
    private Dictionary<string, string>? _seen;

    private IXmlRepository Repository => management.Value.XmlRepository
        ?? throw new InvalidOperationException("The key ring has no repository: call PersistKeysToRedis(), or another PersistKeysTo… that all replicas share.");

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        try
        {
            await EnsureAsync(limit.Token);
            _seen = Elements();
        }
        catch (Exception exception) when (IsStoreAway(exception) && !cancellationToken.IsCancellationRequested)
        {
            // The service starts without its store, says so at /health, and becomes ready when the store is there.
            SessionLog.KeyRingWaits(logger, TimeSpan.FromSeconds(1), exception);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ensuredAt = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            var delay = LookEvery;
            try
            {
                // In this order: what is seen changed here has a usable key before anybody is told to read it.
                var elements = Elements();
                if (IsWiped(elements)) elements = await GiveBackAsync(stoppingToken);
                var hasChanged = _seen is null || !elements.Values.ToHashSet().SetEquals(_seen.Values);
                // A ring that stands as it was can only have grown old, and that takes days.
                if (hasChanged || time.GetUtcNow() - ensuredAt >= EnsureEvery)
                {
                    await EnsureAsync(stoppingToken);
                    ensuredAt = time.GetUtcNow();
                }

                if (hasChanged && _seen is not null) keys.Refresh();
                _seen = elements;
            }
            catch (Exception exception) when (IsStoreAway(exception) && !stoppingToken.IsCancellationRequested)
            {
                delay = TimeSpan.FromSeconds(1);
                SessionLog.KeyRingWaits(logger, delay, exception);
            }

            await Task.Delay(delay, time, stoppingToken);
        }
    }

    /// <summary>The ring's elements: keys by their id, revocations by their text.</summary>
    private Dictionary<string, string> Elements()
    {
        var elements = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in Repository.GetAllElements())
        {
            var text = element.ToString(SaveOptions.DisableFormatting);
            elements[(string?)element.Attribute("id") ?? text] = text;
        }

        return elements;
    }

    /// <summary>Whether nothing is left of what was there: somebody who takes out a single key, or changes one, is not in the keeper's way.</summary>
    private bool IsWiped(Dictionary<string, string> elements) => _seen is { Count: > 0 } && !_seen.Keys.Any(elements.ContainsKey);

    /// <summary>Stores what was there, once: the framework takes a key that stands twice for an error.</summary>
    private async Task<Dictionary<string, string>> GiveBackAsync(CancellationToken cancellationToken)
    {
        await LockedAsync(() => IsWiped(Elements()), () =>
        {
            foreach (var element in _seen!.Values) Repository.StoreElement(XElement.Parse(element), "");
            SessionLog.KeyRingGivenBack(logger, _seen.Count);
        }, cancellationToken);
        return Elements();
    }

    private static bool IsStoreAway(Exception exception) => exception is RedisException or OperationCanceledException;

    private Task EnsureAsync(CancellationToken cancellationToken)
    {
        var first = false;
        return LockedAsync(() => IsKeyNeeded(out first), () =>
        {
            var now = time.GetUtcNow();
            var key = keys.CreateNewKey(first ? now - ClockSkew : now + Propagation, now + Lifetime);
            SessionLog.KeyMade(logger, key.ActivationDate, key.ExpirationDate);
        }, cancellationToken);
    }

    /// <summary>Does under the lock what is needed, unless another replica does it first.</summary>
    private async Task LockedAsync(Func<bool> isNeeded, Action act, CancellationToken cancellationToken)
    {
        if (!isNeeded()) return;
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        while (!await TryLockAsync(token, cancellationToken))
        {
            await Task.Delay(LockPause, time, cancellationToken);
            if (!isNeeded()) return;
        }

        try
        {
            if (isNeeded()) act();
        }
        finally
        {
            await UnlockAsync(token, cancellationToken);
        }
    }

    private bool IsKeyNeeded(out bool first)
    {
        var now = time.GetUtcNow();
        var usable = keys.GetAllKeys().Where(key => !key.IsRevoked && key.ExpirationDate > now).ToArray();
        first = !usable.Any(key => key.ActivationDate <= now + ClockSkew);
        return first || !usable.Any(key => key.ExpirationDate > now + Ahead);
    }

    private async ValueTask<bool> TryLockAsync(string token, CancellationToken cancellationToken)
    {
        var reply = await redis.ExecuteAsync(new RedisCommand("SET", _lock, token, "NX", "PX", 10_000), cancellationToken);
        return !reply.IsNull;
    }

    private async ValueTask UnlockAsync(string token, CancellationToken cancellationToken)
    {
        // Only the lock that is ours: it may have lapsed and be another replica's by now.
        await using var watch = await redis.WatchAsync([_lock], cancellationToken);
        var holder = await watch.ExecuteAsync(new RedisCommand("GET", _lock), cancellationToken);
        if (holder.AsString() == token) await watch.CommitAsync(new RedisTransaction().Add("DEL", _lock), cancellationToken);
    }
}
