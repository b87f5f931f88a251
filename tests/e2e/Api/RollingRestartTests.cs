using System.Collections.Concurrent;
using System.Globalization;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Http;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.E2E.Tests.Api;

[Collection(EmbeddedShop.Collection)]
public sealed class RollingRestartTests(EmbeddedShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    private const int Writers = 4;

    [Fact]
    public async Task A_rolling_restart_fails_no_request_not_even_one_that_changes_something()
    {
        using var reader = NewClient();
        var product = (await reader.GetJsonAsync("catalog", "/api/products?inStock=true&pageSize=1")).GetProperty("items")[0].GetProperty("id").GetInt32();
        var failures = new ConcurrentQueue<string>();
        var replicas = new ConcurrentDictionary<string, int>();
        var end = new TaskCompletionSource();
        var writers = Enumerable.Range(0, Writers).Select(_ => WriteAsync(product, failures, replicas, end.Task)).ToList();
        await Poll.UntilAsync(() => replicas.Count == 2, TimeSpan.FromSeconds(30), "both replicas are written to", TestContext.Current.CancellationToken);

        foreach (var replica in Shop.ReplicasOf("cart"))
        {
            var before = replicas.Values.Sum();
            await Shop.RestartAsync(replica);
            await Poll.UntilAsync(() => replicas.Values.Sum() > before + 20, TimeSpan.FromSeconds(30), "writing goes on", TestContext.Current.CancellationToken);
        }
        end.SetResult();
        await Task.WhenAll(writers);

        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{replicas.Values.Sum()} writes, {failures.Count} failed"));
        Assert.Empty(failures);
    }

    private async Task WriteAsync(int product, ConcurrentQueue<string> failures, ConcurrentDictionary<string, int> replicas, Task end)
    {
        using var client = new ShopClient(Shop.Domain, Shop.Port);
        await User.RegisterAsync(client);
        for (var i = 0; !end.IsCompleted; i++)
        {
            using var answer = i % 5 == 4
                ? await client.SendAsync(HttpMethod.Delete, "cart", "/api/cart")
                : await client.PostAsync("cart", "/api/cart/items", new { productId = product, quantity = 1 });
            if (!answer.IsSuccessStatusCode)
                failures.Enqueue($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            if (answer.Headers.TryGetValues("X-Shop-Replica", out var names)) replicas.AddOrUpdate(names.Single(), 1, (_, count) => count + 1);
        }
    }
}
