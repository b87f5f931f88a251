using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Journeys;

[Collection(RedisShop.Collection)]
public sealed class OutageJourneys(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Theory]
    [InlineData("auth", "/account")]
    [InlineData("cart", "/")]
    [InlineData("catalog", "/products")]
    public async Task Killing_all_replicas_of_a_service_one_after_the_other_is_not_noticed(string service, string path)
    {
        var (visitor, user) = await SignedInVisitorAsync();
        await visitor.AddProductAsync();
        await visitor.OpenAsync(service, path);

        foreach (var replica in Shop.ReplicasOf(service))
        {
            await Shop.KillAsync(replica);
            // At once, without waiting for the killed one: after the last kill there may be none, and the page then takes a moment longer.
            await visitor.OpenAsync(service, path);
            await visitor.ExpectSignedInAsync(user);
            await visitor.ExpectCartCountAsync(1);
        }
    }

    [Fact]
    public async Task A_visitor_who_only_reads_sees_no_error_while_replicas_die()
    {
        using var reader = NewClient();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var reading = Task.Run(
            async () =>
            {
                var failures = new List<string>();
                var (count, cut) = (0, 0);
                for (; !over.IsCancellationRequested; count++)
                {
                    try
                    {
                        using var answer = await reader.GetAsync("catalog", "/products");
                        if (!answer.IsSuccessStatusCode) failures.Add($"{count}: {(int)answer.StatusCode}");
                    }
                    catch (HttpRequestException error) when (error.InnerException is IOException)
                    {
                        // The page that the killed replica was in the middle of sending: its beginning has left the gateway, so nobody can send it again.
                        cut++;
                    }
                }
                return (count, cut, failures);
            },
            CancellationToken.None);

        var replicas = Shop.ReplicasOf("catalog");
        foreach (var replica in replicas)
        {
            await Shop.KillAsync(replica);
            await Shop.UntilAllHealthyAsync();
        }
        await over.CancelAsync();
        var (asked, cutOff, failed) = await reading;

        Assert.Empty(failed);
        // One reader, so at most the one page of each kill.
        Assert.InRange(cutOff, 0, replicas.Count);
        Assert.True(asked > 20, $"Only {asked} requests were made.");
    }
}
