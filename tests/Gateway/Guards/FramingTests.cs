using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Guards;

/// <summary>Requests as bytes: each is one request for everybody, or it is refused.</summary>
public sealed class FramingTests
{
    private const string Head = "POST / HTTP/1.1\r\nHost: cart.shop.localhost\r\n";

    [Theory]
    [InlineData(Head + "Content-Length: +4\r\n\r\nbody", 400)]
    [InlineData(Head + "Content-Length: -4\r\n\r\nbody", 400)]
    [InlineData(Head + "Content-Length: 0x4\r\n\r\nbody", 400)]
    [InlineData(Head + "Content-Length: 4,4\r\n\r\nbody", 400)]
    [InlineData(Head + "Content-Length: 4 4\r\n\r\nbody", 400)]
    [InlineData(Head + "Content-Length:\r\n\r\nbody", 400)]
    [InlineData(Head + "Content-Length: 99999999999999999999\r\n\r\nbody", 400)]
    [InlineData(Head + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nbody", 400)]
    [InlineData(Head + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n", 400)]
    [InlineData(Head + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n4\r\nbody\r\n0\r\n\r\n", 400)]
    [InlineData(Head + "Transfer-Encoding: identity\r\n\r\nbody", 400)]
    [InlineData(Head + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400)]
    [InlineData(Head + "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData(Head + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData(Head + "Transfer-Encoding: chunked\r\n\r\n4;a\nb\r\nbody\r\n0\r\n\r\n", 400)]
    [InlineData(Head + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nbody\r\n0\r\n\r\n", 400)]
    [InlineData(Head + "Transfer-Encoding: chunked\r\n\r\n-4\r\nbody\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.0\r\nHost: cart.shop.localhost\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: cart.shop.localhost\r\nHost: auth.shop.localhost\r\n\r\n", 400)]
    [InlineData("GET http://auth.shop.localhost/ HTTP/1.1\r\nHost: cart.shop.localhost\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: cart.shop.localhost\r\n folded: 1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: cart.shop.localhost\r\nA\0B: 1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: cart.shop.localhost\r\nA: 1\0\r\n\r\n", 400)]
    [InlineData("TRACE / HTTP/1.1\r\nHost: cart.shop.localhost\r\n\r\n", 405)]
    [InlineData("CONNECT cart.shop.localhost:80 HTTP/1.1\r\nHost: cart.shop.localhost:80\r\n\r\n", 405)]
    public async Task Ambiguous_requests_are_refused_and_reach_no_service(string request, int status)
    {
        await using var shop = await Shop.StartAsync();

        var answer = await shop.Gateway.SendRawAsync(request);

        Assert.Equal(status, RawHttp.Status(answer));
        Assert.Empty(shop.Seen);
    }

    [Theory]
    [InlineData(Head + "Content-Length: 4\r\n\r\nbody")]
    [InlineData(Head + "Content-Length: 04\r\n\r\nbody")]
    [InlineData(Head + "Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n")]
    [InlineData(Head + "Content-Length: 4\r\nExpect: 100-continue\r\n\r\nbody")]
    public async Task Proper_requests_arrive_whole_and_once(string request)
    {
        await using var shop = await Shop.StartAsync();

        var answer = await shop.Gateway.SendRawAsync(request);

        Assert.Contains("200 OK", answer, StringComparison.Ordinal);
        Assert.Equal("body", shop.Cart.Requests.Single().Body);
    }

    [Fact]
    public async Task Two_requests_in_one_packet_are_two_requests()
    {
        await using var shop = await Shop.StartAsync();

        await shop.Gateway.SendRawAsync(Head + "Content-Length: 4\r\n\r\nbodyGET /second HTTP/1.1\r\nHost: cart.shop.localhost\r\n\r\n");
        await Eventually.HoldsAsync(() => shop.Cart.Requests.Count == 2, "both have arrived");

        Assert.Equal(["/", "/second"], shop.Cart.Requests.Select(seen => seen.Path));
    }

    [Fact]
    public async Task A_lone_line_feed_does_not_end_a_header_line_in_the_gateways_process()
    {
        await using var service = await new Backend("cart").StartAsync();
        await using var gateway = await GatewayProcess.StartAsync(service.Address);

        Assert.Equal(400, RawHttp.Status(await RawHttp.SendAsync(gateway.Port, "GET / HTTP/1.1\nHost: cart.shop.localhost\n\n")));
        Assert.Equal(400, RawHttp.Status(await RawHttp.SendAsync(gateway.Port, "GET / HTTP/1.1\r\nHost: cart.shop.localhost\r\nA: 1\nB: 2\r\n\r\n")));
        Assert.Empty(service.Requests);
    }
}
