using System.IO.Compression;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Compression;

public sealed class TextCompressionTests
{
    private static readonly string Page = string.Concat(Enumerable.Repeat("<p>The same line again.</p>\n", 500));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("text/css")]
    [InlineData("text/javascript")]
    [InlineData("image/svg+xml")]
    public async Task Text_is_compressed_for_whoever_takes_it_and_reads_the_same(string type)
    {
        await using var shop = await Shop.StartAsync();
        shop.Cart.Answer = context => AnswerAsync(context, type);

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get, configure: Accept("gzip"));

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        Assert.True(bytes.Length < Page.Length / 5, $"{bytes.Length} of {Page.Length} bytes were sent");
        await using var unpacked = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        Assert.Equal(Page, await reader.ReadToEndAsync(Stop));
        // Other bytes than the service's, so no longer its strong tag.
        Assert.Equal(new EntityTagHeaderValue("\"17\"", isWeak: true), answer.Headers.ETag);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("image/png")]
    public async Task Other_content_and_its_entity_tag_pass_as_they_are(string type)
    {
        await using var shop = await Shop.StartAsync();
        shop.Cart.Answer = context => AnswerAsync(context, type);

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get, configure: Accept("gzip, br"));

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal(new EntityTagHeaderValue("\"17\""), answer.Headers.ETag);
        Assert.Equal(Page, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Who_takes_nothing_compressed_gets_nothing_compressed()
    {
        await using var shop = await Shop.StartAsync();
        shop.Cart.Answer = context => AnswerAsync(context, "text/html");

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal(Page, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task An_event_stream_is_not_held_back()
    {
        await using var shop = await Shop.StartAsync();
        shop.Cart.Answer = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: first\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            // Never ends by itself: what the client reads was not waited for.
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get, configure: Accept("gzip, br"));

        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
        Assert.Equal("data: first", await reader.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Stop));
    }

    private static Action<HttpRequestMessage> Accept(string encodings) => request => request.Headers.Add("Accept-Encoding", encodings);

    private static Task AnswerAsync(HttpContext context, string type)
    {
        context.Response.ContentType = type;
        context.Response.Headers.ETag = "\"17\"";
        return context.Response.WriteAsync(Page, context.RequestAborted);
    }
}
