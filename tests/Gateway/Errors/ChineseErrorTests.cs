using System.Reflection;
using ShopSession.Gateway.Errors;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Errors;

public sealed class ChineseErrorTests
{
    [Fact]
    public void Every_error_of_the_gateway_has_its_Chinese_words()
    {
        var errors = typeof(GatewayError).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (GatewayError)field.GetValue(null)!)
            .Append(GatewayError.BadRequest(400)).Append(GatewayError.BadRequest(413)).ToList();
        Assert.True(errors.Count > 8);
        Assert.All(errors, error => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", ChineseErrors.Of(error).Title + ChineseErrors.Of(error).Detail));
    }

    [Theory]
    [InlineData("zh-CN", "", "zh-Hans", "马上回来")]
    [InlineData("en", "zh-Hans", "zh-Hans", "马上回来")]
    [InlineData("zh-CN", "en", "en", "Back in a moment")]
    public async Task A_browser_reads_that_nobody_is_there_in_its_language(string accepted, string chosen, string language, string title)
    {
        await using var only = await new Backend("cart-1").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([only.Address], new() { ["Gateway:WaitForReplica"] = "00:00:00" });
        await only.KillAsync();
        using var answer = await gateway.SendAsync(HttpMethod.Get, configure: request =>
        {
            request.Headers.Accept.ParseAdd("text/html");
            request.Headers.AcceptLanguage.ParseAdd(accepted);
            if (chosen.Length > 0) request.Headers.Add("Cookie", "__Secure-shop.lang=" + chosen);
        });
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains(title, page, StringComparison.Ordinal);
        Assert.Contains("Accept-Language", answer.Headers.Vary);
    }
}
