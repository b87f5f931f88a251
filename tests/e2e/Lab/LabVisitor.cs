using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Lab;

/// <summary>A person on the lab page, with the runner's page in other tabs.</summary>
internal sealed class LabVisitor(Visitor visitor, ShopSystem shop)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public IPage Page => visitor.Page;

    public async Task<string> ReplicaAsync() => (await Page.GetByTestId("lab-replica").InnerTextAsync()).Trim();

    public async Task<bool> IsSignedInAsync() => (await Page.GetByTestId("lab-visitor").InnerTextAsync()).TrimStart().StartsWith("signed in", StringComparison.Ordinal);

    public async Task<string> StateAsync(int step) => await Page.GetByTestId($"lab-step-{step}").GetAttributeAsync("data-state") ?? "";

    /// <summary>Goes where a link of the page leads. Unlike a click this returns when the new page is there.</summary>
    public async Task FollowAsync(string testId)
    {
        var answer = await Page.GotoAsync(await Page.GetByTestId(testId).GetAttributeAsync("href") ?? throw new InvalidOperationException($"{testId} leads nowhere."));
        Assert.True(answer!.Ok, $"{answer.Url}: {answer.Status}");
    }

    public async Task SignInAsync(User user)
    {
        await FollowAsync("lab-sign-in");
        await visitor.SubmitSignInAsync(user);
    }

    /// <summary>Asks again until a step is done; returns who answered and whether it knew the visitor, each time.</summary>
    public async Task<IReadOnlyList<(string Replica, bool SignedIn)>> AskUntilDoneAsync(int step)
    {
        var seen = new List<(string, bool)>();
        using var limit = new CancellationTokenSource(Limit);
        while (await StateAsync(step) != "done")
        {
            Assert.False(limit.IsCancellationRequested, $"Step {step} is not done after: {string.Join(", ", seen)}");
            await FollowAsync("lab-again");
            seen.Add((await ReplicaAsync(), await IsSignedInAsync()));
        }

        return seen;
    }

    /// <summary>Kills the replica that served the page, by the button to which the page leads.</summary>
    public async Task KillAsync()
    {
        var replica = await ReplicaAsync();
        var runner = await OpenAsync("lab-kill");
        var button = runner.GetByRole(AriaRole.Button, new() { Name = $"Kill {replica}" });
        var answer = await runner.RunAndWaitForResponseAsync(() => button.ClickAsync(), response => response.Url.EndsWith($"/{replica}/kill", StringComparison.Ordinal));
        Assert.Equal(204, answer.Status);
        await runner.CloseAsync();
    }

    /// <summary>Switches to the settings of the step at hand, on the runner's page to which the lab page leads. Returns when all serve.</summary>
    public async Task SwitchAsync(string strategy, string balancing)
    {
        var runner = await OpenAsync("lab-switch");
        await Assertions.Expect(runner.GetByLabel("Strategy")).ToHaveValueAsync(strategy);
        await Assertions.Expect(runner.GetByLabel("Balancing")).ToHaveValueAsync(balancing);
        await runner.GetByRole(AriaRole.Button, new() { Name = "Switch and restart" }).ClickAsync();
        await Assertions.Expect(runner.Locator("#panel-force")).ToContainTextAsync(new Regex($"Strategy {strategy} · Balancing {balancing} "), new() { Timeout = 60_000 });
        await shop.UntilAllHealthyAsync();
        await runner.CloseAsync();
        // The page that is open was made before: the step looks at the new settings from here on.
        await FollowAsync("lab-again");
    }

    public async Task RestartAllAsync()
    {
        var runner = await visitor.Context.NewPageAsync();
        await runner.GotoAsync(shop.RunnerPage);
        await runner.GetByRole(AriaRole.Button, new() { Name = "Restart all" }).ClickAsync();
        await Assertions.Expect(runner.Locator("#panel-hint")).ToHaveTextAsync("Restarted.", new() { Timeout = 60_000 });
        await shop.UntilAllHealthyAsync();
        await runner.CloseAsync();
    }

    private Task<IPage> OpenAsync(string testId) => visitor.Context.RunAndWaitForPageAsync(() => Page.GetByTestId(testId).ClickAsync());
}
