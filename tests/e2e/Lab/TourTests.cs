using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Lab;

/// <summary>The guided tour, walked as the lab page says: by its own links, and by the buttons of the runner's page.</summary>
[Collection(LabShop.Collection)]
public sealed class TourTests(LabShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Fact]
    public async Task The_six_steps_show_where_sessions_survive_and_where_they_die()
    {
        var user = await NewUserAsync();
        var visitor = await NewVisitorAsync();
        var lab = new LabVisitor(visitor, Shop);
        // The token is in the address that the runner prints at start.
        await visitor.Page.GotoAsync(Shop.RunnerPage);
        await visitor.OpenAsync("", "/lab");

        // 1: one login.
        await lab.SignInAsync(user);
        Assert.Equal("done", await lab.StateAsync(1));
        await visitor.ExpectSignedInAsync(user);

        // 2: every replica knows it.
        Assert.All(await lab.AskUntilDoneAsync(2), answer => Assert.True(answer.SignedIn));

        // 3: the death of a replica loses nothing.
        await visitor.Page.GetByTestId("lab-raise").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByTestId("lab-count")).ToHaveTextAsync("1");
        await lab.KillAsync();
        Assert.All(await lab.AskUntilDoneAsync(3), answer => Assert.True(answer.SignedIn));
        await Assertions.Expect(visitor.Page.GetByTestId("lab-count")).ToHaveTextAsync("1");

        // 4: in each replica's memory, with turns: signed in here, unknown there.
        await lab.SwitchAsync("local", "round-robin");
        await lab.FollowAsync("lab-at-auth");
        await lab.SignInAsync(user);
        await lab.AskUntilDoneAsync(4);
        Assert.False(await lab.IsSignedInAsync());

        // 5: led to the same replica it stays, until that one dies.
        await lab.SwitchAsync("local", "session-hash");
        await lab.SignInAsync(user);
        var home = await lab.ReplicaAsync();
        for (var i = 0; i < 2; i++)
        {
            await lab.FollowAsync("lab-again");
            Assert.Equal((home, true), (await lab.ReplicaAsync(), await lab.IsSignedInAsync()));
        }

        await lab.KillAsync();
        await lab.AskUntilDoneAsync(5);
        Assert.False(await lab.IsSignedInAsync());

        // 6: back in one store everything may be restarted.
        await lab.SwitchAsync("redis", "round-robin");
        await lab.FollowAsync("lab-at-home");
        await lab.SignInAsync(user);
        for (var i = 0; i < 2; i++) await lab.FollowAsync("lab-again");
        await lab.RestartAllAsync();
        Assert.All(await lab.AskUntilDoneAsync(6), answer => Assert.True(answer.SignedIn));
        await Assertions.Expect(visitor.Page.GetByTestId("lab-over")).ToBeVisibleAsync();
        await visitor.ExpectSignedInAsync(user);
    }
}
