using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Cart.Tests.Checkout;
using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Api;

/// <summary>Wrong input at every endpoint: a problem document that names the field, and nothing of the program's insides.</summary>
public sealed class WrongInputTests(SharedShop shared) : IClassFixture<SharedShop>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Good = """{"name":"Ada","line1":"Way 1","city":"Hamburg","postalCode":"20359","country":"DE","email":"ada@example.org","payment":{"method":"test","token":"success"}}""";

    /// <summary>Method, pattern of the endpoint, path, body, content type, status, problem, field.</summary>
    public static TheoryData<string, string, string, string?, string, int, string, string?> Table { get; } = Rows();

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Wrong_input_is_named(string method, string pattern, string path, string? body, string contentType, int status, string problem, string? field)
    {
        Assert.NotEmpty(pattern);
        var content = body is null ? null : new StringContent(body, Encoding.UTF8, contentType);
        (string, string)[] headers = field switch
        {
            "If-Match" => [("If-Match", "seventeen")],
            _ when path == "/api/checkout" => [("Idempotency-Key", "key")],
            _ => [],
        };
        var reply = await shared.Shop.Enter().SendAsync(new HttpMethod(method), path, content, headers);
        reply.ExpectProblem(status, problem, field);
        foreach (var inside in (string[])["Exception", "System.", "Microsoft.", " at ShopSession", ".cs:line"]) Assert.DoesNotContain(inside, reply.Text, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace((string?)reply.Json["detail"]));
    }

    [Fact]
    public void Every_endpoint_of_the_API_is_in_the_table()
    {
        var tested = Table.Select(row => $"{row.Data.Item1} {row.Data.Item2}").ToHashSet(StringComparer.Ordinal);
        var missing = shared.Shop.Hosts[0].Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } text && (text.StartsWith("/api/cart", StringComparison.Ordinal) || text.StartsWith("/api/checkout", StringComparison.Ordinal) || text.StartsWith("/api/orders", StringComparison.Ordinal)))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}"))
            // What takes neither body nor wishes cannot be asked wrongly.
            .Except(["GET /api/cart", "POST /api/cart/merges/{id}/keep"])
            .Where(endpoint => !tested.Contains(endpoint))
            .ToArray();
        Assert.Empty(missing);
    }

    [Fact]
    public async Task Markup_in_names_and_addresses_stays_text_everywhere_it_is_shown()
    {
        const string markup = "<script>alert(1)</script>\"'><b>";
        var shopper = shared.Shop.Enter();
        (await shopper.AddAsync(1)).Ok();
        var order = (await shopper.CheckOutAsync("key", CheckoutForm.Good().With("name", markup).With("line1", markup).With("line2", markup).With("city", markup))).Expect(201).Json;
        Assert.Equal(markup, (string)order["address"]!["name"]!);
        var admin = shared.Shop.Enter();
        await admin.SignInAsync("root", "role=admin");
        foreach (var page in new[] { await shopper.PageAsync($"/orders/{order["orderId"]}"), await admin.PageAsync($"/admin/orders/{order["orderId"]}") })
        {
            Assert.Contains(markup, page.QuerySelector("address")!.TextContent, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("main script, main b"));
        }
    }

    [Fact]
    public async Task What_is_not_asked_for_in_JSON_or_too_large_is_refused_as_that()
    {
        var shopper = shared.Shop.Enter();
        foreach (var path in (string[])["/api/cart/items", "/api/checkout", "/api/orders/find"])
        {
            var large = new StringContent($$"""{"name":"{{new string('x', 40_000)}}"}""", Encoding.UTF8, "application/json");
            (await shopper.SendAsync(HttpMethod.Post, path, large, ("Idempotency-Key", "key"))).ExpectProblem(413, "too-large");
            (await shopper.SendAsync(HttpMethod.Patch, path, null)).ExpectProblem(405, "method-not-allowed");
        }
    }

    private static TheoryData<string, string, string, string?, string, int, string, string?> Rows()
    {
        var rows = new TheoryData<string, string, string, string?, string, int, string, string?>();
        foreach (var (body, field) in ((string, string)[])
        [
            ("{}", "productId"), ("""{"productId":null,"quantity":1}""", "productId"), ("""{"productId":-1,"quantity":1}""", "productId"), ("""{"productId":2147483648,"quantity":1}""", "productId"),
            ("""{"productId":"1","quantity":1}""", "productId"), ("""{"productId":1}""", "quantity"), ("""{"productId":1,"quantity":-5}""", "quantity"), ("""{"productId":1,"quantity":0}""", "quantity"),
            ("""{"productId":1,"quantity":100}""", "quantity"), ("""{"productId":1,"quantity":1.5}""", "quantity"), ("""{"productId":1,"quantity":1e99}""", "quantity"), ("[]", "body"), ("not json", "body"), ("null", null!),
        ]) Json("POST", "/api/cart/items", body, 400, field is null ? "bad-request" : "invalid-input", field);
        Json("POST", "/api/cart/items", """{"productId":999999,"quantity":1}""", 404, "product-not-found", "productId");
        foreach (var (body, field) in ((string, string)[])[("{}", "quantity"), ("""{"quantity":-1}""", "quantity"), ("""{"quantity":99999999999}""", "quantity"), ("""{"quantity":1,"version":"x"}""", "version")])
            Row("PUT", "/api/cart/items/{productId}", "/api/cart/items/1", body, 400, "invalid-input", field);
        foreach (var id in (string[])["abc", "-1", "99999999999", "1%20x"]) Row("DELETE", "/api/cart/items/{productId}", $"/api/cart/items/{id}", null, 404, "line-not-found", null);
        foreach (var body in (string[])["{}", """{"productId":-1}""", """{"productId":"x"}"""]) Json("POST", "/api/cart/saved", body, 400, "invalid-input", "productId");
        Row("POST", "/api/cart/saved/{productId}/restore", "/api/cart/saved/x/restore", null, 404, "line-not-found", null);
        Row("DELETE", "/api/cart/saved/{productId}", "/api/cart/saved/7", null, 404, "line-not-found", null);
        Row("POST", "/api/cart/merges/{id}/undo", "/api/cart/merges/..x/undo", null, 404, "merge-not-found", null);

        foreach (var (from, to, field) in ((string, string, string)[])
        [
            ("\"Ada\"", "\"\"", "name"), ("\"Ada\"", $"\"{new string('x', 101)}\"", "name"), ("\"Way 1\"", "\" \"", "line1"), ("\"Hamburg\"", "null", "city"), ("\"20359\"", "\"2035\"", "postalCode"),
            ("\"DE\"", "\"XX\"", "country"), ("\"DE\"", "\"Germany\"", "country"), ("ada@example.org", "ada", "email"), ("\"test\"", "\"cash\"", "payment.method"), ("\"success\"", "\"x\"", "payment.token"),
            ("\"Ada\"", "7", "name"), ("\"name\"", "\"acceptedTotal\":-1,\"name\"", "acceptedTotal"), ("\"name\"", "\"delivery\":\"zeppelin\",\"name\"", "delivery"), ("\"name\"", "\"cartVersion\":\"x\",\"name\"", "cartVersion"),
        ]) Json("POST", "/api/checkout", Good.Replace(from, to, StringComparison.Ordinal), 400, "invalid-input", field);
        foreach (var (query, field) in ((string, string)[])[("", "country"), ("?country=XX", "country"), ("?country=DE&delivery=zeppelin", "delivery")])
            Row("GET", "/api/checkout/totals", "/api/checkout/totals" + query, null, 400, "invalid-input", field);
        foreach (var (query, field) in ((string, string)[])[("?page=0", "page"), ("?page=-1", "page"), ("?page=x", "page"), ("?page=99999999999", "page"), ("?pageSize=0", "pageSize"), ("?pageSize=51", "pageSize")])
            Row("GET", "/api/orders", "/api/orders" + query, null, 400, "invalid-input", field);
        foreach (var id in (string[])["1", "x'--", "00000000-0000-0000-0000-000000000000", "%3Cb%3E"])
        {
            Row("GET", "/api/orders/{id}", $"/api/orders/{id}", null, 404, "order-not-found", null);
            Row("POST", "/api/orders/{id}/cancel", $"/api/orders/{id}/cancel", null, 404, "order-not-found", null);
        }
        foreach (var (body, field) in ((string, string)[])[("{}", "number"), ("""{"number":"S1"}""", "email"), ("""{"number":7,"email":"a@b"}""", "number"), ("""{"number":" ","email":"a@b"}""", "number")])
            Json("POST", "/api/orders/find", body, 400, "invalid-input", field);
        rows.Add("DELETE", "/api/cart", "/api/cart", null, "", 400, "invalid-input", "If-Match");
        foreach (var path in (string[])["/api/cart/items", "/api/cart/saved", "/api/checkout", "/api/orders/find"])
        {
            rows.Add("POST", path, path, "productId=1", Form, 415, "unsupported-media-type", null);
            rows.Add("POST", path, path, "{}", "text/plain", 415, "unsupported-media-type", null);
        }
        return rows;

        void Json(string method, string path, string body, int status, string problem, string? field) => Row(method, path, path, body, status, problem, field);

        void Row(string method, string pattern, string path, string? body, int status, string problem, string? field) =>
            rows.Add(method, pattern, path, body, "application/json", status, problem, field);
    }
}
