using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Stores.Memory;
using ShopSession.Sessions.Tests.Conformance;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Stores.Local;

public sealed class LocalSessionStoreTests(KeyRingStore keyRing)
{
    [Fact]
    public async Task Beyond_the_bound_the_guest_longest_unused_makes_room_and_logins_stay()
    {
        await using var replica = await StartAsync(3);
        using var user = new Browser();
        using var first = new Browser();
        using var second = new Browser();
        using var third = new Browser();
        await user.PostOkAsync(replica, "/login/ada");
        await first.PostOkAsync(replica, "/set/n/1");
        await second.PostOkAsync(replica, "/set/n/2");

        await third.PostOkAsync(replica, "/set/n/3");

        Assert.Equal("ada", await user.TextAsync(replica, "/me"));
        Assert.Equal("", await first.TextAsync(replica, "/get/n"));
        Assert.Equal("2", await second.TextAsync(replica, "/get/n"));
        Assert.Equal("3", await third.TextAsync(replica, "/get/n"));
        Assert.Equal(3, State(replica).Count);
    }

    [Fact]
    public async Task A_memory_full_of_logins_refuses_another_with_503()
    {
        await using var replica = await StartAsync(2);
        using var ada = new Browser();
        using var bob = new Browser();
        using var eve = new Browser();
        await ada.PostOkAsync(replica, "/login/ada");
        await bob.PostOkAsync(replica, "/login/bob");

        using var response = await eve.PostAsync(replica, "/login/eve");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("ada", await ada.TextAsync(replica, "/me"));
    }

    [Fact]
    public async Task What_expired_is_swept()
    {
        var time = new MovableTime();
        await using var replica = await StartAsync(100, time);
        using var browser = new Browser();
        await browser.PostOkAsync(replica, "/login/ada");
        await browser.PostOkAsync(replica, "/login/ada");
        using var guest = new Browser();
        await guest.PostOkAsync(replica, "/set/n/1");

        time.Move(TimeSpan.FromHours(1));
        State(replica).Sweep();
        // A guest's session lives longer than a login.
        Assert.Equal(1, State(replica).Count);

        time.Move(TimeSpan.FromDays(31));
        State(replica).Sweep();
        Assert.Equal(0, State(replica).Count);
    }

    private static MemoryState State(Replica replica) => ((MemorySessionStore)replica.Services.GetRequiredService<ISessionStore>()).State;

    private Task<Replica> StartAsync(int bound, TimeProvider? time = null) => Replica.StartAsync(
        keyRing.ConnectionString,
        options =>
        {
            options.Strategy = SessionStrategies.Local;
            options.MaxInMemory = bound;
            options.KeyPrefix = options.ApplicationName = "local-store-tests:";
        },
        time);
}
