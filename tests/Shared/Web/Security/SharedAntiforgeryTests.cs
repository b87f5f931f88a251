namespace ShopSession.Web.Tests.Security;

public sealed class SharedAntiforgeryTests(StoreFixture store)
{
    [Fact]
    public async Task A_form_of_one_service_is_accepted_by_another_and_by_every_replica()
    {
        await using var catalog = await ProbeService.StartAsync(store, service: "catalog");
        await using var cart = await ProbeService.StartAsync(store, service: "cart");
        var (cookie, token) = await TokenAsync(catalog);
        Assert.Equal(200, (await PostAsync(cart, cookie, token)).Status);
        Assert.Equal(200, (await PostAsync(catalog, cookie, token)).Status);
    }

    [Fact]
    public async Task The_cookie_is_secure_shared_and_out_of_reach_of_scripts()
    {
        await using var service = await ProbeService.StartAsync(store);
        var cookie = (await service.GetAsync("/token")).Header("Set-Cookie")!;
        Assert.StartsWith("__Secure-shop.csrf=", cookie, StringComparison.Ordinal);
        foreach (var part in new[] { "domain=shop.localhost", "path=/", "secure", "httponly", "samesite=strict" }) Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_or_with_another_token_the_form_is_refused()
    {
        await using var service = await ProbeService.StartAsync(store);
        var (cookie, token) = await TokenAsync(service);
        var (_, other) = await TokenAsync(service);
        Assert.Equal("form-expired", (await PostAsync(service, cookie, null)).Problem(400));
        Assert.Equal("form-expired", (await PostAsync(service, cookie, other)).Problem(400));
        Assert.Equal("form-expired", (await PostAsync(service, null, token)).Problem(400));
        var page = await PostAsync(service, cookie, null, ("Accept", "text/html"));
        Assert.Equal("text/html", page.ContentType);
        Assert.Contains("open too long", page.Text, StringComparison.Ordinal);
    }

    private static async Task<(string Cookie, string Token)> TokenAsync(ProbeService service)
    {
        var reply = await service.GetAsync("/token");
        return (reply.Header("Set-Cookie")!.Split(';')[0], reply.Text.Trim('"'));
    }

    private static Task<Reply> PostAsync(ProbeService service, string? cookie, string? token, params (string, string)[] headers)
    {
        var fields = new Dictionary<string, string> { ["word"] = "hello" };
        if (token is not null) fields["__token"] = token;
        return service.SendAsync(HttpMethod.Post, "/form", new FormUrlEncodedContent(fields), cookie is null ? headers : [.. headers, ("Cookie", cookie)]);
    }
}
