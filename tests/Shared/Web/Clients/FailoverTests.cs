using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ShopSession.Web.Clients;

namespace ShopSession.Web.Tests.Clients;

public sealed class FailoverTests
{
    [Fact]
    public async Task Replicas_are_asked_in_turn()
    {
        await using var one = await Replica.StartAsync();
        await using var two = await Replica.StartAsync();
        using var client = Client(one.Url, two.Url);
        for (var i = 0; i < 6; i++) (await client.Http.GetAsync("/", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        Assert.Equal((3, 3), (one.Requests, two.Requests));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_request_that_was_not_sent_goes_to_the_next_replica(string method)
    {
        await using var one = await Replica.StartAsync();
        using var client = Client(one.Url, $"http://127.0.0.1:{FreePort.Next()}");
        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/") { Content = method == "POST" ? new StringContent("{}") : null };
            Assert.Equal(HttpStatusCode.OK, (await client.Http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
        }

        Assert.Equal(4, one.Requests);
    }

    [Fact]
    public async Task A_failed_read_is_repeated_elsewhere_a_failed_change_is_not()
    {
        await using var good = await Replica.StartAsync();
        await using var bad = await Replica.StartAsync(503);
        using var client = Client(good.Url, bad.Url);
        for (var i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.OK, (await client.Http.GetAsync("/", TestContext.Current.CancellationToken)).StatusCode);
        var before = good.Requests + bad.Requests;
        for (var i = 0; i < 4; i++) await client.Http.PostAsync("/", new StringContent("{}"), TestContext.Current.CancellationToken);
        Assert.Equal(before + 4, good.Requests + bad.Requests);
        Assert.Equal(2, bad.Changes);
    }

    [Fact]
    public async Task The_gateway_key_and_the_path_travel_along()
    {
        await using var one = await Replica.StartAsync();
        using var client = Client(one.Url);
        await client.Http.GetAsync("/internal/products?ids=1,2", TestContext.Current.CancellationToken);
        Assert.Equal("/internal/products?ids=1,2", one.LastPath);
        Assert.Equal(ProbeService.Key, one.LastKey);
    }

    [Fact]
    public async Task A_service_without_an_address_says_what_to_set()
    {
        using var client = Client();
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.GetAsync("/", TestContext.Current.CancellationToken));
        Assert.Contains("services:cart:http:0", error.Message, StringComparison.Ordinal);
    }

    private static TestClient Client(params string[] addresses)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(addresses.Select((address, i) => KeyValuePair.Create($"services:cart:http:{i}", (string?)address)));
        builder.Services.Configure<ShopOptions>(options => options.GatewayKey = ProbeService.Key);
        builder.AddShopServiceClient("cart");
        var host = builder.Build();
        return new TestClient(host, host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("cart"));
    }

    private sealed record TestClient(IHost Host, HttpClient Http) : IDisposable
    {
        public void Dispose()
        {
            Http.Dispose();
            Host.Dispose();
        }
    }

    private sealed class Replica(WebApplication app, int status) : IAsyncDisposable
    {
        private int _requests;
        private int _changes;

        public string Url => app.Urls.Single();

        public int Requests => _requests;

        public int Changes => _changes;

        public string LastPath { get; private set; } = "";

        public string LastKey { get; private set; } = "";

        public static async Task<Replica> StartAsync(int status = 200)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var replica = new Replica(app, status);
            app.Run(replica.AnswerAsync);
            await app.StartAsync();
            return replica;
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();

        private Task AnswerAsync(HttpContext context)
        {
            Interlocked.Increment(ref _requests);
            if (HttpMethods.IsPost(context.Request.Method)) Interlocked.Increment(ref _changes);
            LastPath = context.Request.Path + context.Request.QueryString;
            LastKey = context.Request.Headers["X-Shop-Gateway-Key"].ToString();
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }
    }
}
