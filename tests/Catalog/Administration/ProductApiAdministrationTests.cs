using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ShopSession.Catalog.Tests.Administration;

/// <summary>The administrators' JSON API does what the pages do, under the same rules.</summary>
public sealed class ProductApiAdministrationTests(StoreFixture store) : AdministrationTest(store)
{
    private const string Path = "/api/admin/products";

    [Theory]
    [InlineData("GET", Path)]
    [InlineData("GET", Path + "/1")]
    [InlineData("DELETE", Path + "/1")]
    [InlineData("POST", Path + "/1/restore")]
    public async Task Only_administrators_get_in(string method, string path)
    {
        var shopper = new Browser(Host);
        await shopper.SignInAsync("ada");
        (await shopper.JsonAsync(new HttpMethod(method), path)).ExpectProblem(403, "forbidden");
        (await new Browser(Host).JsonAsync(new HttpMethod(method), path)).ExpectProblem(401, "sign-in-required");
        (await Host.GetAsync("/api/products/1")).Expect(200);
    }

    [Fact]
    public async Task A_product_is_added_edited_stocked_retired_and_restored()
    {
        var added = (await SendAsync("POST", "", NewProduct())).Expect(201);
        var id = (int)added.Json["id"]!;
        Assert.Equal($"{Path}/{id}", added.Header("Location"));
        Assert.Equal(["L", "S"], added.Json["variants"]!.AsArray().Select(one => (string)one!["size"]!));
        (await SendAsync("POST", "", NewProduct())).ExpectProblem(409, "conflict", "slug");

        var edit = new { name = "Gansey", price = 95.5m, summary = "Warm.", description = "Five-ply wool.", revision = 0 };
        (await SendAsync("PUT", $"/{id}", edit)).Expect(204);
        (await SendAsync("PUT", $"/{id}", edit)).ExpectProblem(409, "conflict");
        var product = (await SendAsync("GET", $"/{id}")).Expect(200).Json;
        Assert.Equal(("Gansey", "95.5", 1), ((string)product["name"]!, product["price"]!.ToJsonString().TrimEnd('0'), (int)product["revision"]!));
        // The texts are those of every size; the price is its own.
        var large = product["variants"]![0]!;
        Assert.Equal(80m, (decimal)large["price"]!);
        Assert.Equal("Gansey", (string)(await SendAsync("GET", $"/{(int)large["id"]!}")).Json["name"]!);
        Assert.Equal(id, (int)(await Host.GetAsync("/api/products?search=gansey")).Json["items"]![0]!["id"]!);

        // Chinese that is not sent stays as long as its English does: else it would say what the product no longer is.
        Assert.Equal(["", "", "五股羊毛。"], ChineseOf(product));
        (await SendAsync("PUT", $"/{id}", new { name = "Gansey", price = 95.5m, summary = "Warm.", description = "Wool.", revision = 1, chinese = new { name = "毛衣", summary = "暖。" } })).Expect(204);
        (await SendAsync("PUT", $"/{id}", new { name = "Gansey", price = 95.5m, summary = "Warmer.", description = "Wool.", revision = 2 })).Expect(204);
        Assert.Equal(["毛衣", "", ""], ChineseOf((await SendAsync("GET", $"/{(int)large["id"]!}")).Json));
        (await SendAsync("PUT", $"/{id}", new { name = "Gansey", price = 95.5m, summary = "Warm.", description = "Wool.", revision = 3, chinese = new { name = new string('衣', 101) } })).ExpectProblem(400, "invalid-input", "chinese.name");

        var key = Guid.NewGuid();
        for (var i = 0; i < 2; i++) (await SendAsync("POST", $"/{id}/stock", new { pieces = -3, reason = "Moths.", key })).Expect(204);
        (await SendAsync("POST", $"/{id}/stock", new { pieces = -3, reason = "Moths.", key = Guid.NewGuid() })).ExpectProblem(409, "conflict", "pieces");
        Assert.Equal(2, (int)(await SendAsync("GET", $"/{id}")).Json["stock"]!);

        (await SendAsync("DELETE", $"/{id}")).Expect(204);
        (await Host.GetAsync($"/api/products/{(int)large["id"]!}")).ExpectProblem(410, "no-longer-sold");
        Assert.Equal(id, (int)Assert.Single((await SendAsync("GET", "?retired=true")).Json["items"]!.AsArray())!["id"]!);
        (await SendAsync("POST", $"/{(int)large["id"]!}/restore")).ExpectProblem(409, "conflict");
        (await SendAsync("POST", $"/{id}/restore")).Expect(204);
        (await Host.GetAsync($"/api/products/{(int)large["id"]!}")).Expect(200);
        var log = (await SendAsync("GET", $"/{id}/changes")).Json.AsArray();
        Assert.Equal(["sold", "sold", "stock"], log.Take(3).Select(change => (string)change!["field"]!));
        Assert.All(log, change => Assert.Equal("root", (string)change!["actor"]!));
    }

    [Fact]
    public async Task A_size_is_added_to_a_product_that_had_one_only()
    {
        (await SendAsync("POST", "/1/sizes", new { size = "30", stock = 4 })).ExpectProblem(400, "invalid-input", "listedSize");
        var size = (await SendAsync("POST", "/1/sizes", new { size = "30", price = 61.5m, stock = 4, listedSize = "26" })).Expect(201).Json;
        Assert.Equal((1, 4), ((int)size["parentId"]!, (int)size["stock"]!));
        (await SendAsync("POST", "/1/sizes", new { size = "26", stock = 4 })).ExpectProblem(400, "invalid-input", "size");
        (await SendAsync("POST", $"/{(int)size["id"]!}/sizes", new { size = "40", stock = 4 })).ExpectProblem(404, "not-found");
        Assert.Equal(["26", "30"], (await Host.PageAsync("/products/cast-iron-skillet-26")).QuerySelectorAll("[data-testid='size'] > span:first-child").Select(label => label.TextContent));
        Assert.Equal("Cast-Iron Skillet 26, 26", (string)(await Host.GetAsync("/internal/products?ids=1")).Json[0]!["name"]!);
    }

    [Theory]
    [InlineData("name", "\"\"")]
    [InlineData("price", "1.999")]
    [InlineData("price", "null")]
    [InlineData("category", "\"nowhere\"")]
    [InlineData("kind", "\"x\"")]
    [InlineData("colours", "[\"#fff\"]")]
    [InlineData("stock", "-1")]
    [InlineData("sizes", "[\"M\"]")]
    public async Task What_is_wrong_is_named_and_nothing_is_added(string field, string value)
    {
        var body = NewProduct();
        body[field] = JsonNode.Parse(value);
        (await SendAsync("POST", "", body)).ExpectProblem(400, "invalid-input", field);
        (await SendAsync("GET", "/999999")).ExpectProblem(404, "not-found");
        (await SendAsync("GET", "?pageSize=101")).ExpectProblem(400, "invalid-input", "pageSize");
        Assert.Equal(0, (int)(await SendAsync("GET", "?search=zzyzx")).Json["total"]!);
    }

    private static JsonObject NewProduct() => new()
    {
        ["name"] = "Zzyzx Gansey",
        ["category"] = "weather",
        ["price"] = 80,
        ["summary"] = "Knitted.",
        ["description"] = "Five-ply wool.",
        ["kind"] = "sweater",
        ["colours"] = new JsonArray("#24406e", "#f0e4c8", "#c8402f"),
        ["stock"] = 5,
        ["sizes"] = new JsonArray("M", "L", "S"),
        ["chinese"] = new JsonObject { ["name"] = "渔夫毛衣", ["summary"] = "织成。", ["description"] = "五股羊毛。" },
    };

    private static IEnumerable<string> ChineseOf(JsonNode product) => ((string[])["name", "summary", "description"]).Select(field => (string)product["chinese"]![field]!);

    private Task<Reply> SendAsync(string method, string path, object? body = null) => Admin.JsonAsync(new HttpMethod(method), Path + path, body is null ? null : JsonContent.Create(body));
}
