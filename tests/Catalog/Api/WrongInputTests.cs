using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ShopSession.Catalog.Tests.Api;

/// <summary>Wrong input at every endpoint: a problem document that names the field, and nothing of the program's insides.</summary>
public sealed class WrongInputTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>
{
    private const string Order = "6f1e1d0c-1111-4222-8333-444455556666";

    /// <summary>Method, pattern of the endpoint, path, body, content type, status, problem, field.</summary>
    public static TheoryData<string, string, string, string?, string, int, string, string?> Table { get; } = Rows();

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Wrong_input_is_named(string method, string pattern, string path, string? body, string contentType, int status, string problem, string? field)
    {
        Assert.NotEmpty(pattern);
        var reply = await catalog.Host.SendAsync(new HttpMethod(method), path, body is null ? null : new StringContent(body, Encoding.UTF8, contentType));
        reply.ExpectProblem(status, problem, field);
        foreach (var inside in (string[])["Exception", "System.", "Microsoft.", " at ShopSession", ".cs:line"]) Assert.DoesNotContain(inside, reply.Text, StringComparison.Ordinal);
        Assert.Null(reply.Header("Set-Cookie"));
    }

    [Fact]
    public void Every_endpoint_is_in_the_table()
    {
        var tested = Table.Select(row => $"{row.Data.Item1} {row.Data.Item2}").ToHashSet(StringComparer.Ordinal);
        var missing = catalog.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } text && (text.StartsWith("/api/products", StringComparison.Ordinal) || text.StartsWith("/internal/holds", StringComparison.Ordinal) || text.StartsWith("/internal/products", StringComparison.Ordinal)))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}"))
            // A hold that is not there is as good as released.
            .Except(["DELETE /internal/holds/{order:guid}"])
            .Where(endpoint => !tested.Contains(endpoint))
            .ToArray();
        Assert.Empty(missing);
    }

    private static TheoryData<string, string, string, string?, string, int, string, string?> Rows()
    {
        var rows = new TheoryData<string, string, string, string?, string, int, string, string?>();
        foreach (var (query, field) in ((string, string)[])
        [
            ("minPrice=-1", "minPrice"), ("minPrice=1.999", "minPrice"), ("maxPrice=1e3", "maxPrice"), ("maxPrice=99999999999999999999999999999999", "maxPrice"), ("minPrice=5&maxPrice=1", "minPrice"),
            ("inStock=perhaps", "inStock"), ("minRating=6", "minRating"), ("minRating=x", "minRating"), ("sort=%3Cb%3E", "sort"), ("page=0", "page"), ("page=99999999999", "page"), ("pageSize=101", "pageSize"), ("pageSize=-1", "pageSize"),
        ]) Row("GET", "/api/products", "/api/products?" + query, null, 400, "invalid-input", field);
        foreach (var id in (string[])["x", "1.5", "99999999999", "'--"]) Row("GET", "/api/products/{id}", "/api/products/" + id, null, 400, "invalid-input", "id");
        foreach (var id in (string[])["0", "-1", "999999"]) Row("GET", "/api/products/{id}", "/api/products/" + id, null, 404, "not-found", null);
        foreach (var ids in (string[])["x", "1,,y", "99999999999", string.Join(',', Enumerable.Range(1, 201))]) Row("GET", "/internal/products", "/internal/products?ids=" + ids, null, 400, "invalid-input", "ids");
        foreach (var (body, field) in ((string, string)[])
        [
            ("{}", "lines"), ($$"""{"orderId":"{{Order}}","seconds":0,"lines":[{"productId":1,"quantity":1}]}""", "seconds"), ($$"""{"orderId":"{{Order}}","seconds":99999,"lines":[{"productId":1,"quantity":1}]}""", "seconds"),
            ($$"""{"orderId":"{{Order}}","seconds":60,"lines":[{"productId":1,"quantity":-1}]}""", "lines.quantity"), ("""{"orderId":"x","seconds":60,"lines":[]}""", "orderId"), ("""{"seconds":60,"lines":[{"productId":1,"quantity":1}]}""", "orderId"), ("[]", "body"),
        ]) Row("POST", "/internal/holds", "/internal/holds", body, 400, "invalid-input", field);
        rows.Add("POST", "/internal/holds", "/internal/holds", "orderId=1", "application/x-www-form-urlencoded", 415, "unsupported-media-type", null);
        foreach (var step in (string[])["confirm", "return"])
        {
            Row("POST", $"/internal/holds/{{order:guid}}/{step}", $"/internal/holds/{Order}/{step}", null, 404, "not-found", null);
            Row("POST", $"/internal/holds/{{order:guid}}/{step}", $"/internal/holds/1/{step}", null, 404, "not-found", null);
        }
        foreach (var method in (string[])["POST", "PUT", "DELETE", "PATCH"]) Row(method, "/api/products", "/api/products", null, 405, "method-not-allowed", null);
        return rows;

        void Row(string method, string pattern, string path, string? body, int status, string problem, string? field) =>
            rows.Add(method, pattern, path, body, "application/json", status, problem, field);
    }
}
