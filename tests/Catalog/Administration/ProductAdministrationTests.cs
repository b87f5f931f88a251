using System.Text.Json.Nodes;

namespace ShopSession.Catalog.Tests.Administration;

/// <summary>Administrators change products: nobody else does, nothing is lost, and everything is written down.</summary>
public sealed class ProductAdministrationTests(StoreFixture store) : AdministrationTest(store)
{
    private const string Path = "/admin/products/1";

    [Theory]
    [InlineData("/admin/products")]
    [InlineData(Path)]
    public async Task Only_administrators_come_in(string path)
    {
        var guest = (await new Browser(Host).GetAsync(path)).Expect(302);
        Assert.Contains("/login?returnUrl=", guest.Header("Location"), StringComparison.Ordinal);
        var shopper = new Browser(Host);
        await shopper.SignInAsync("ada");
        (await shopper.GetAsync(path)).Expect(403);
        (await shopper.PostAsync(Path + "?handler=Stock", new() { ["Stock.Pieces"] = "5", ["Stock.Reason"] = "mine", ["Stock.Key"] = Guid.NewGuid().ToString() })).Expect(403);
        var clerk = new Browser(Host);
        await clerk.SignInAsync("clerk", "administrator");
        (await clerk.GetAsync(path)).Expect(403);
        (await Admin.GetAsync(path)).Expect(200);
    }

    [Fact]
    public async Task An_edit_shows_in_the_shop_is_found_and_is_written_down()
    {
        var page = await Admin.PageAsync(Path);
        (await Admin.PressAsync(page, "save-product", ("Edit.Name", "Quokka <b>Lamp</b>"), ("Edit.Price", "1234.50"), ("Edit.Summary", "Zzyzx light."))).Expect(302);
        var product = (await Host.GetAsync("/api/products/1")).Json;
        Assert.Equal(("Quokka <b>Lamp</b>", "1234.50"), ((string)product["name"]!, product["price"]!.ToJsonString()));
        Assert.Equal(1, (int)(await SearchAsync("quokka"))["items"]![0]!["id"]!);
        Assert.Equal("quokka", (string)(await SearchAsync("quokkka"))["corrected"]!);

        page = await Admin.PageAsync(Path);
        var log = page.QuerySelectorAll("[data-testid='product-log'] tbody tr");
        Assert.Equal(3, log.Length);
        Assert.All(log, row => Assert.Contains("root", row.TextContent, StringComparison.Ordinal));
        Assert.Contains(log, row => row.TextContent.Contains("1234.50", StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("main b"));
    }

    [Fact]
    public async Task What_is_said_in_Chinese_is_shown_and_found_by_those_who_read_it()
    {
        var page = await Admin.PageAsync(Path);
        // What the seed says is in the fields, and stays as it is unless it is changed.
        Assert.Equal("铸铁煎锅 26", page.QuerySelector("#Edit_Chinese_Name")!.GetAttribute("value"));
        (await Admin.PressAsync(page, "save-product", ("Edit.Name", "Quokka Lamp"), ("Edit.Chinese.Name", "袋鼠灯 <b>"), ("Edit.Chinese.Summary", ""))).Expect(302);

        var shown = await ChineseAsync("/products/cast-iron-skillet-26");
        Assert.Equal("袋鼠灯 <b>", shown.QuerySelector("h1")!.TextContent);
        Assert.Empty(shown.QuerySelectorAll("h1 b"));
        // Without a Chinese text the English is shown, and what was not changed is.
        Assert.Equal((string)(await Host.GetAsync("/api/products/1")).Json["summary"]!, shown.QuerySelector(".lead")!.TextContent);
        Assert.Contains("铸", shown.QuerySelector(".product__words p")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Quokka Lamp", (await Host.PageAsync("/products/cast-iron-skillet-26")).QuerySelector("h1")!.TextContent);
        Assert.Equal("袋鼠灯 <b>", (string)(await Host.GetAsync("/internal/products?ids=1&language=zh-Hans")).Json[0]!["name"]!);
        Assert.Equal(1, (int)(await SearchAsync(Uri.EscapeDataString("袋鼠灯")))["items"]![0]!["id"]!);
        Assert.DoesNotContain((await SearchAsync(Uri.EscapeDataString("铸铁煎锅")))["items"]!.AsArray(), item => (int)item!["id"]! == 1);

        page = await Admin.PageAsync(Path);
        Assert.Equal(("袋鼠灯 <b>", ""), (page.QuerySelector("#Edit_Chinese_Name")!.GetAttribute("value"), page.QuerySelector("#Edit_Chinese_Summary")!.GetAttribute("value")));
        Assert.Equal(3, page.QuerySelectorAll("[data-testid='product-log'] tbody tr").Length);
    }

    [Fact]
    public async Task Also_on_postgresql()
    {
        await using var postgres = await PostgresServerProcess.StartAsync(TestContext.Current.CancellationToken);
        await using var host = await CatalogHost.StartAsync(Store, settings: ("ConnectionStrings:catalogdb", postgres.ConnectionString("catalog")));
        var admin = new Browser(host);
        await admin.SignInAsync("root", "admin");
        var before = await host.StockAsync(1);
        var page = await admin.PageAsync(Path);
        var edits = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => admin.PressAsync(page, "save-product", ("Edit.Name", $"Quokka Lamp {i}"), ("Edit.Chinese.Name", "袋鼠灯"))));
        Assert.Single(edits, reply => reply.Status == 302);
        Assert.Equal(1, (int)(await host.GetAsync("/api/products?search=quokka")).Json["items"]![0]!["id"]!);
        Assert.Equal("quokka", (string)(await host.GetAsync("/api/products?search=quokkka")).Json["corrected"]!);
        Assert.Equal(1, (int)(await host.GetAsync("/api/products?search=" + Uri.EscapeDataString("袋鼠灯"))).Json["items"]![0]!["id"]!);
        var presses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => admin.PressAsync(page, "adjust-stock", ("Stock.Pieces", "7"), ("Stock.Reason", "A crate came."))));
        Assert.All(presses, reply => reply.Expect(302));
        Assert.Equal(before + 7, await host.StockAsync(1));
    }

    [Fact]
    public async Task Of_two_edits_of_the_same_page_the_second_is_told_and_can_decide()
    {
        var other = new Browser(Host);
        await other.SignInAsync("second", "admin");
        var (mine, theirs) = (await Admin.PageAsync(Path), await other.PageAsync(Path));
        (await Admin.PressAsync(mine, "save-product", ("Edit.Price", "11.11"))).Expect(302);
        var refused = Browser.Read((await other.PressAsync(theirs, "save-product", ("Edit.Summary", "Another summary."))).Expect(409));
        Assert.Equal("Another summary.", refused.QuerySelector("#Edit_Summary")!.GetAttribute("value"));
        Assert.Contains("Somebody else changed", refused.QuerySelector("main .alert")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("11.11", (await Host.GetAsync("/api/products/1")).Json["price"]!.ToJsonString());
        (await other.PressAsync(refused, "save-product", ("Edit.Price", "11.11"))).Expect(302);
        Assert.Equal("Another summary.", (string)(await Host.GetAsync("/api/products/1")).Json["summary"]!);
    }

    [Fact]
    public async Task Edits_at_the_same_moment_are_made_once()
    {
        var page = await Admin.PageAsync(Path);
        var replies = await Task.WhenAll(Enumerable.Range(1, 10).Select(i => Admin.PressAsync(page, "save-product", ("Edit.Price", $"{i}.50"))));
        Assert.Single(replies, reply => reply.Status == 302);
        Assert.Equal(9, replies.Count(reply => reply.Status == 409));
    }

    [Fact]
    public async Task Stock_is_adjusted_once_for_each_press_and_never_below_what_is_held()
    {
        var before = await Host.StockAsync(1);
        var page = await Admin.PageAsync(Path);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Admin.PressAsync(page, "adjust-stock", ("Stock.Pieces", "7"), ("Stock.Reason", "A crate came."))));
        Assert.All(replies, reply => reply.Expect(302));
        Assert.Equal(before + 7, await Host.StockAsync(1));

        (await Host.SendAsync(HttpMethod.Post, "/internal/holds", new { orderId = Guid.NewGuid(), lines = new[] { new { productId = 1, quantity = 3 } }, seconds = 600 })).Expect(201);
        page = await Admin.PageAsync(Path);
        var refused = Browser.Read((await Admin.PressAsync(page, "adjust-stock", ("Stock.Pieces", $"-{before + 5}"), ("Stock.Reason", "Counted."))).Expect(409));
        Assert.Contains("3 held", refused.QuerySelector("#Stock_Pieces-error")!.TextContent, StringComparison.Ordinal);
        (await Admin.PressAsync(refused, "adjust-stock", ("Stock.Pieces", $"-{before + 4}"))).Expect(302);
        Assert.Equal(0, await Host.StockAsync(1));
        var log = (await Admin.PageAsync(Path)).QuerySelectorAll("[data-testid='product-log'] tbody tr");
        Assert.Equal(2, log.Length);
        Assert.Contains("A crate came.", log[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("save-product", "Edit.Name", "")]
    [InlineData("save-product", "Edit.Price", "-1")]
    [InlineData("save-product", "Edit.Price", "0")]
    [InlineData("save-product", "Edit.Price", "1.999")]
    [InlineData("save-product", "Edit.Price", "1e5")]
    [InlineData("save-product", "Edit.Price", "99999999999999999999999999999999")]
    [InlineData("save-product", "Edit.Summary", "a\u0007b")]
    [InlineData("save-product", "Edit.Description", " ")]
    [InlineData("save-product", "Edit.Chinese.Name", "灯\u0007")]
    [InlineData("adjust-stock", "Stock.Pieces", "0")]
    [InlineData("adjust-stock", "Stock.Pieces", "2.5")]
    [InlineData("adjust-stock", "Stock.Pieces", "99999999999")]
    [InlineData("adjust-stock", "Stock.Reason", "")]
    public async Task What_is_wrong_is_said_at_the_field_and_nothing_changes(string button, string field, string value)
    {
        var before = (await Host.GetAsync("/api/products/1")).Text;
        var page = await Admin.PageAsync(Path);
        (string, string)[] good = button == "adjust-stock" ? [("Stock.Pieces", "1"), ("Stock.Reason", "Because.")] : [];
        var refused = Browser.Read((await Admin.PressAsync(page, button, [.. good, (field, value)])).Expect(400));
        var error = refused.QuerySelector($"#{field.Replace('.', '_')}-error");
        Assert.False(string.IsNullOrWhiteSpace(error?.TextContent), $"No error at {field}");
        Assert.Equal(before, (await Host.GetAsync("/api/products/1")).Text);
    }

    [Fact]
    public async Task Overlong_text_a_form_without_token_and_products_that_are_not_there_are_refused()
    {
        var page = await Admin.PageAsync(Path);
        (await Admin.PressAsync(page, "save-product", ("Edit.Name", new string('x', 101)))).Expect(400);
        var overlong = Browser.Read((await Admin.PressAsync(page, "save-product", ("Edit.Chinese.Description", new string('灯', 4001)))).Expect(400));
        Assert.NotNull(overlong.QuerySelector("#Edit_Chinese_Description-error"));
        (await Admin.PostAsync(Path + "?handler=Edit", new() { ["Edit.Name"] = "No token" })).Expect(400);
        foreach (var id in (string[])["0", "999999", "-1", "1x", "99999999999999999999"]) (await Admin.GetAsync("/admin/products/" + id)).Expect(404);
        (await Admin.GetAsync("/admin/products?minPrice=x")).Expect(400);
    }

    private Task<AngleSharp.Html.Dom.IHtmlDocument> ChineseAsync(string path) => Host.PageAsync(path, 200, ("Accept-Language", "zh-CN"));

    private async Task<JsonNode> SearchAsync(string words) => (await Host.GetAsync("/api/products?search=" + words)).Json;
}
