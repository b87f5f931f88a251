using AngleSharp.Html.Parser;

namespace ShopSession.Web.Tests.Lab;

public sealed class LabPageTests(StoreFixture store)
{
    private static readonly (string, string) Gateway = ("X-Shop-Gateway-Key", ProbeService.Key);

    [Theory]
    [InlineData("Development", "false", "", 404)]
    [InlineData("Development", "true", "", 200)]
    [InlineData("Development", "false", "http://localhost:8081/", 200)]
    [InlineData("Production", "true", "http://localhost:8081/", 404)]
    public async Task It_is_there_in_the_lab_and_under_the_runner_and_never_in_production(string environment, string lab, string runner, int status)
    {
        await using var service = await ProbeService.StartAsync(store, environment, "catalog", ("Session:Lab", lab), ("RUNNER_URL", runner));

        Assert.Equal(status, (await service.GetAsync("/lab", Gateway)).Status);
        Assert.Equal(status == 200 ? 302 : 404, (await service.SendAsync(HttpMethod.Post, "/lab?handler=count", Gateway)).Status);
    }

    [Fact]
    public async Task It_tells_who_answers_under_which_settings_and_leads_to_the_runners_page()
    {
        await using var service = await ProbeService.StartAsync(
            store, "Development", "catalog", ("Session:Lab", "true"), ("RUNNER_URL", "http://localhost:9999/"), ("Gateway:Balancing", "ip-hash"), ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=catalog-2"));

        var page = Parse((await service.GetAsync("/lab?step=4", Gateway)).Text);

        Assert.Equal("catalog-2", Text(page, "lab-replica"));
        Assert.Equal("redis", Text(page, "lab-strategy"));
        Assert.Equal("ip-hash", Text(page, "lab-balancing"));
        Assert.Equal("not signed in", Text(page, "lab-visitor"));
        Assert.Equal("http://localhost:9999/#replica=catalog-2", Link(page, "lab-kill"));
        Assert.Equal("http://localhost:9999/#Session__Strategy=local&Gateway__Balancing=round-robin", Link(page, "lab-switch"));
        Assert.Equal("now", page.QuerySelector("[data-testid=lab-step-4]")!.GetAttribute("data-state"));
        Assert.StartsWith("http://auth.shop.localhost:8080/lab?step=4&trail=4c2o", Link(page, "lab-at-auth"), StringComparison.Ordinal);
        Assert.StartsWith("http://auth.shop.localhost:8080/login?returnUrl=http%3A%2F%2Fshop.localhost%3A8080%2Flab%3Fstep%3D4%26trail%3D4c2o", Link(page, "lab-sign-in"), StringComparison.Ordinal);
        Assert.StartsWith("http://shop.localhost:8080/lab?step=4&trail=4c2ori", Link(page, "lab-again"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_counter_is_in_the_session_and_the_tour_goes_on_without_script()
    {
        await using var service = await ProbeService.StartAsync(store, "Development", "catalog", ("Session:Lab", "true"));

        var raised = await service.SendAsync(HttpMethod.Post, "/lab?step=1&trail=1c1orr00000a&handler=count", Gateway);
        var cookie = ("Cookie", raised.Header("Set-Cookie")!.Split(';')[0]);
        Assert.Equal("http://shop.localhost:8080/lab?step=1&trail=1c1orr00000a", raised.Header("Location"));
        await service.SendAsync(HttpMethod.Post, "/lab?handler=count", Gateway, cookie);

        var page = Parse((await service.GetAsync("/lab?step=1&trail=1c1orr00000a", Gateway, cookie)).Text);
        Assert.Equal("2", Text(page, "lab-count"));
        Assert.Equal(2, page.QuerySelectorAll("[data-testid=lab-trail] li").Length);
    }

    [Theory]
    // The same replica asks on, at most three times; another one answers, and so does the same one where each session has its replica.
    [InlineData("round-robin", "3c2srraaaaaa", 0, "/lab?step=3&trail=3c2srraaaaaa&hop=1")]
    [InlineData("round-robin", "3c1srraaaaaa.3c2srrbbbbbb", 2, "/lab?step=3&trail=3c1srraaaaaa.3c2srrbbbbbb&hop=3")]
    [InlineData("round-robin", "3c2srraaaaaa", 3, null)]
    [InlineData("round-robin", "3c2srraaaaaa", -1, null)]
    [InlineData("round-robin", "3c1srraaaaaa", 0, null)]
    [InlineData("round-robin", "", 0, null)]
    [InlineData("session-hash", "3c2srsaaaaaa", 0, null)]
    public async Task Asking_again_asks_on_until_another_replica_answers(string balancing, string trail, int hop, string? next)
    {
        await using var service = await ProbeService.StartAsync(
            store, "Development", "catalog", ("Session:Lab", "true"), ("Gateway:Balancing", balancing), ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=catalog-2"));

        var answer = await service.GetAsync($"/lab?step=3&trail={trail}&hop={hop}", Gateway);

        Assert.Equal(next is null ? 200 : 302, answer.Status);
        if (next is not null) Assert.Equal($"http://shop.localhost:8080{next}", answer.Header("Location"));
        else Assert.EndsWith("&hop=0", Link(Parse(answer.Text), "lab-again"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_in_addresses_are_warned_of_on_every_page_and_run_no_script()
    {
        await using var service = await ProbeService.StartAsync(store, "Development", "catalog", ("Session:Lab", "true"), ("Session:Transport", "url"), ("RUNNER_URL", "http://localhost:9999/"));

        var raised = await service.SendAsync(HttpMethod.Post, "/lab?handler=count", Gateway);
        Assert.Null(raised.Header("Set-Cookie"));
        var location = raised.Header("Location")!;
        Assert.Contains("&sid=", location, StringComparison.Ordinal);
        var answer = await service.GetAsync(new Uri(location).PathAndQuery, Gateway);
        var page = Parse(answer.Text);

        Assert.Equal("1", Text(page, "lab-count"));
        Assert.NotNull(page.QuerySelector("[data-testid=url-banner]"));
        Assert.Contains("&sid=", Link(page, "lab-again"), StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("form[method=get]"), form => Assert.NotNull(form.QuerySelector("input[name=sid]")));
        Assert.DoesNotContain("sid=", Link(page, "lab-kill"), StringComparison.Ordinal);
        Assert.Equal("no-referrer-when-downgrade", answer.Header("Referrer-Policy"));
        Assert.Contains("script-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        // Error pages keep the session too.
        var missing = Parse((await service.GetAsync("/nowhere?" + location.Split('?')[1], Gateway, ("Accept", "text/html"))).Text);
        Assert.NotNull(missing.QuerySelector("[data-testid=url-banner]"));
        Assert.All(missing.QuerySelectorAll("a.brand"), brand => Assert.Contains("sid=", brand.GetAttribute("href"), StringComparison.Ordinal));
    }

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static string Text(AngleSharp.Html.Dom.IHtmlDocument page, string id) => page.QuerySelector($"[data-testid={id}]")!.TextContent.Trim();

    private static string Link(AngleSharp.Html.Dom.IHtmlDocument page, string id) => page.QuerySelector($"[data-testid={id}]")!.GetAttribute("href")!;
}
