using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Web.Assets;

namespace ShopSession.Web.Tests.Assets;

public sealed partial class AssetTests(StoreFixture store)
{
    [Theory]
    [InlineData("shop.css", "text/css")]
    [InlineData("shop.js", "text/javascript")]
    [InlineData("mark.svg", "image/svg+xml")]
    public async Task Assets_are_named_by_their_content_and_kept_for_ever(string name, string type)
    {
        foreach (var environment in new[] { "Development", "Production" })
        {
            await using var service = await ProbeService.StartAsync(store, environment);
            var url = service.Services.GetRequiredService<ShopAssets>().Url(name);
            Assert.Matches(Fingerprint(), url);
            var reply = await service.GetAsync(url, ("Cookie", "__Secure-shop.sid=whatever"));
            Assert.Equal(200, reply.Status);
            Assert.Equal(type, reply.ContentType);
            Assert.Equal("public, max-age=31536000, immutable", reply.Header("Cache-Control"));
            Assert.Null(reply.Header("Set-Cookie"));
            var packed = await service.GetAsync(url, ("Accept-Encoding", "gzip, br"));
            Assert.Equal("br", packed.Header("Content-Encoding"));
        }
    }

    [Fact]
    public async Task Another_fingerprint_is_not_found()
    {
        await using var service = await ProbeService.StartAsync(store);
        Assert.Equal(404, (await service.GetAsync("/_shop/shop.0000000000.css")).Status);
        Assert.Equal(404, (await service.GetAsync("/_shop/..%2fappsettings.json")).Status);
    }

    [GeneratedRegex(@"^/_shop/[a-z]+\.[0-9a-f]{10}\.[a-z]+$")]
    private static partial Regex Fingerprint();
}
