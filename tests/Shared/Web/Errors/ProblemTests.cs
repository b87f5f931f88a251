using System.Net.Http.Json;
using System.Text;
using AngleSharp.Html.Parser;

namespace ShopSession.Web.Tests.Errors;

public sealed class ProblemTests(StoreFixture store)
{
    private static readonly (string, string) Browser = ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");

    [Theory]
    [InlineData("store", 503, "store-unavailable")]
    [InlineData("redis", 503, "store-unavailable")]
    [InlineData("unknown", 503, "outcome-unknown")]
    [InlineData("wrapped", 503, "store-unavailable")]
    [InlineData("sibling", 503, "service-unavailable")]
    [InlineData("ended", 409, "session-ended")]
    [InlineData("limit", 409, "session-limit")]
    [InlineData("other", 500, "unexpected")]
    public async Task Exceptions_are_told_as_stable_problems_without_their_words(string how, int status, string type)
    {
        await using var service = await ProbeService.StartAsync(store);
        var json = await service.GetAsync("/fail/" + how);
        Assert.Equal(type, json.Problem(status));
        Assert.Equal(status == 503, json.Headers.ContainsKey("Retry-After"));

        var page = await service.GetAsync("/fail/" + how, Browser);
        Assert.Equal(status, page.Status);
        Assert.Equal("text/html", page.ContentType);
        Assert.DoesNotContain("secret detail", page.Text, StringComparison.Ordinal);
        Assert.Equal(status == 503, page.Headers.ContainsKey("Retry-After"));
        Assert.NotNull(new HtmlParser().ParseDocument(page.Text).QuerySelector("main h1"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Bare_status_codes_get_a_page_in_the_shops_look(int status)
    {
        await using var service = await ProbeService.StartAsync(store);
        var page = await service.GetAsync($"/status/{status}", Browser);
        Assert.Equal(status, page.Status);
        var document = new HtmlParser().ParseDocument(page.Text);
        Assert.NotNull(document.QuerySelector(".site-header"));
        Assert.Contains("Holdfast", document.Title, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Header("Cache-Control"));
    }

    [Fact]
    public async Task An_error_page_shows_markup_in_words_as_words()
    {
        await using var service = await ProbeService.StartAsync(store);
        var page = await service.GetAsync("/invalid", Browser);
        Assert.Equal(400, page.Status);
        Assert.Contains("Give &lt;1&gt; to 20.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_json_names_the_field()
    {
        await using var service = await ProbeService.StartAsync(store);
        var reply = await service.SendAsync(HttpMethod.Post, "/api/probe", new StringContent("{\"number\":\"many\"}", Encoding.UTF8, "application/json"));
        Assert.Equal("invalid-input", reply.Problem(400));
        Assert.NotNull(reply.Json["errors"]!["number"]);
    }

    [Theory]
    [InlineData("/api/number?number=many")]
    [InlineData("/api/number")]
    public async Task Bad_query_names_the_parameter_in_every_environment(string path)
    {
        foreach (var environment in new[] { "Development", "Production" })
        {
            await using var service = await ProbeService.StartAsync(store, environment);
            var reply = await service.GetAsync(path);
            Assert.Equal("invalid-input", reply.Problem(400));
            Assert.NotNull(reply.Json["errors"]!["number"]);
        }
    }

    [Fact]
    public async Task Wrong_method_type_and_size_are_problems_too()
    {
        await using var service = await ProbeService.StartAsync(store);
        Assert.Equal("method-not-allowed", (await service.SendAsync(HttpMethod.Delete, "/api/probe")).Problem(405));
        Assert.Equal("unsupported-media-type", (await service.SendAsync(HttpMethod.Post, "/api/probe", new StringContent("x", Encoding.UTF8, "text/plain"))).Problem(415));
        Assert.Equal("not-found", (await service.GetAsync("/api/none")).Problem(404));
        var large = await service.SendAsync(HttpMethod.Post, "/api/probe", JsonContent.Create(new { number = 1, word = new string('x', ShopServiceExtensions.MaxRequestBytes) }));
        Assert.Equal("too-large", large.Problem(413));
    }

    [Fact]
    public async Task A_program_that_says_nothing_gets_json_and_the_api_always_does()
    {
        await using var service = await ProbeService.StartAsync(store);
        Assert.Equal("not-found", (await service.GetAsync("/none")).Problem(404));
        Assert.Equal("not-found", (await service.GetAsync("/none", ("Accept", "*/*"))).Problem(404));
        Assert.Equal("not-found", (await service.GetAsync("/api/none", Browser)).Problem(404));
        Assert.Equal("text/html", (await service.GetAsync("/none", Browser)).ContentType);
    }
}
