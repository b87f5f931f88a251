using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Auth.Limits;
using ShopSession.Redis;
using ShopSession.Sessions;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Limits;

public sealed class AttemptLimiterTests : IAsyncLifetime
{
    private static readonly AttemptLimit Five = new("test", 5, TimeSpan.FromMinutes(5), ClearedBySuccess: true);

    private readonly List<ServiceProvider> _replicas = [];
    private RedisServerProcess _redis = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _redis = await RedisServerProcess.StartAsync(cancellationToken: Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas) await replica.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Of_many_wrong_attempts_at_once_on_three_replicas_exactly_the_limit_is_looked_at()
    {
        var replicas = new[] { NewReplica(), NewReplica(), NewReplica() };
        var looked = 0;
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(async () =>
        {
            try
            {
                await using var attempt = await replicas[i % 3].BeginAsync([new AttemptCounter(Five, "ann")], Token);
                Interlocked.Increment(ref looked);
                await Task.Delay(30, Token);
                await attempt.FailAsync();
            }
            catch (TooManyAttemptsException)
            {
                Interlocked.Increment(ref refused);
            }
        }, Token)));
        Assert.Equal((5, 295), (looked, refused));
    }

    [Fact]
    public async Task Right_attempts_at_once_wait_for_one_another_and_all_get_their_turn()
    {
        var limiter = NewReplica();
        var succeeded = 0;
        await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => Task.Run(async () =>
        {
            await using var attempt = await limiter.BeginAsync([new AttemptCounter(Five, "ann")], Token);
            await attempt.SucceedAsync();
            Interlocked.Increment(ref succeeded);
        }, Token)));
        Assert.Equal(25, succeeded);
    }

    [Fact]
    public async Task A_success_forgets_the_failures_before_it_but_no_attempt_under_way()
    {
        var limiter = NewReplica();
        for (var i = 0; i < 3; i++) await FailAsync(limiter, "ann");
        await using var underWay = await limiter.BeginAsync([new AttemptCounter(Five, "ann")], Token);
        await using (var right = await limiter.BeginAsync([new AttemptCounter(Five, "ann")], Token)) await right.SucceedAsync();
        for (var i = 0; i < 4; i++) await FailAsync(limiter, "ann");
        await underWay.FailAsync();
        await Assert.ThrowsAsync<TooManyAttemptsException>(() => FailAsync(limiter, "ann"));
    }

    [Fact]
    public async Task A_success_does_not_clear_the_counter_of_an_address()
    {
        var limiter = NewReplica();
        var address = Five with { ClearedBySuccess = false };
        for (var i = 0; i < 4; i++) await FailAsync(limiter, "10.0.0.1", address);
        await using (var right = await limiter.BeginAsync([new AttemptCounter(address, "10.0.0.1")], Token)) await right.SucceedAsync();
        await FailAsync(limiter, "10.0.0.1", address);
        await Assert.ThrowsAsync<TooManyAttemptsException>(() => FailAsync(limiter, "10.0.0.1", address));
    }

    [Fact]
    public async Task One_full_counter_takes_no_place_in_the_others()
    {
        var limiter = NewReplica();
        var wide = Five with { Name = "wide" };
        for (var i = 0; i < 5; i++) await FailAsync(limiter, "ann");
        for (var i = 0; i < 20; i++) await Assert.ThrowsAsync<TooManyAttemptsException>(() => limiter.BeginAsync([new AttemptCounter(wide, "all"), new AttemptCounter(Five, "ann")], Token));
        for (var i = 0; i < 5; i++) await FailAsync(limiter, "all", wide);
    }

    [Fact]
    public async Task After_the_window_there_is_room_again_and_nothing_is_left_in_the_store()
    {
        var limiter = NewReplica();
        var brief = Five with { Window = TimeSpan.FromSeconds(2) };
        for (var i = 0; i < 5; i++) await FailAsync(limiter, "ann", brief);
        var full = await Assert.ThrowsAsync<TooManyAttemptsException>(() => FailAsync(limiter, "ann", brief));
        Assert.InRange(full.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        await Poll.UntilAsync(async () => await _redis.SendAsync("DBSIZE") is "0" or ":0", TimeSpan.FromSeconds(30), "the counter is gone", Token);
        await FailAsync(limiter, "ann", brief);
    }

    [Fact]
    public async Task The_store_holds_no_address_in_clear()
    {
        await FailAsync(NewReplica(), "ann@example.com");
        Assert.DoesNotContain("ann", await _redis.SendAsync("KEYS", "*"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_the_store_nothing_is_allowed()
    {
        var limiter = NewReplica();
        await FailAsync(limiter, "ann");
        await _redis.KillAsync();
        await Assert.ThrowsAsync<SessionStoreUnavailableException>(() => FailAsync(limiter, "ann"));
    }

    private static async Task FailAsync(AttemptLimiter limiter, string subject, AttemptLimit? limit = null)
    {
        await using var attempt = await limiter.BeginAsync([new AttemptCounter(limit ?? Five, subject)], Token);
        await attempt.FailAsync();
    }

    private AttemptLimiter NewReplica()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:redis", _redis.ConnectionString)]).Build())
            .AddRedisClient()
            .BuildServiceProvider();
        _replicas.Add(services);
        return new AttemptLimiter(services.GetRequiredService<IRedisClient>(), TimeProvider.System);
    }
}
