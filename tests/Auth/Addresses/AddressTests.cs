using System.Net;
using System.Text.Json;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Addresses;

[Collection(AuthCollection.Name)]
public sealed class AddressTests(AuthSite site)
{
    [Fact]
    public async Task Addresses_are_added_changed_and_removed_and_the_default_comes_first()
    {
        var (browser, _) = await site.SignedInAsync();
        using (browser)
        {
            Assert.Empty(await ListAsync(browser));
            var home = await AddAsync(browser, "1 Quay");
            Assert.True(home.GetProperty("default").GetBoolean());
            var work = await AddAsync(browser, "2 Quay");
            var boat = await AddAsync(browser, "3 Quay", asDefault: true);
            Assert.Equal(["3 Quay", "1 Quay", "2 Quay"], await LinesAsync(browser));

            await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Put, PathOf(work), Address("4 Quay", asDefault: true));
            Assert.Equal(["4 Quay", "3 Quay", "1 Quay"], await LinesAsync(browser));
            await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Delete, PathOf(work));
            // What was the default before is so again.
            Assert.Equal(["3 Quay", "1 Quay"], await LinesAsync(browser));
            Assert.Equal([true, false], (await ListAsync(browser)).Select(address => address.GetProperty("default").GetBoolean()));
            var one = await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, PathOf(boat));
            Assert.Equal("3 Quay", one.GetProperty("line1").GetString());
            await browser.ExpectAsync(HttpStatusCode.NotFound, HttpMethod.Get, PathOf(work));
        }
    }

    [Fact]
    public async Task An_address_of_another_account_is_as_if_it_were_not_there()
    {
        var (owner, _) = await site.SignedInAsync();
        var (stranger, _) = await site.SignedInAsync();
        var address = await AddAsync(owner, "1 Quay");
        foreach (var (method, body) in ((HttpMethod, object?)[])[(HttpMethod.Get, null), (HttpMethod.Put, Address("9 Quay")), (HttpMethod.Delete, null)])
        {
            await stranger.ExpectAsync(HttpStatusCode.NotFound, method, PathOf(address), body);
        }

        using var page = await stranger.GetAsync($"/account/addresses/{address.GetProperty("id").GetString()}");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(["1 Quay"], await LinesAsync(owner));
        Assert.Empty(await ListAsync(stranger));
        owner.Dispose();
        stranger.Dispose();
    }

    [Fact]
    public async Task Without_a_sign_in_there_are_none()
    {
        using var browser = site.NewBrowser();
        await browser.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, "/api/addresses");
        await browser.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/addresses", Address("1 Quay"));
    }

    [Fact]
    public async Task Twenty_are_kept_also_when_thirty_come_at_once_over_two_replicas()
    {
        var (browser, _) = await site.SignedInAsync();
        using (browser)
        {
            var answers = await Task.WhenAll(Enumerable.Range(1, 30).Select(number => browser.JsonAsync(HttpMethod.Post, "/api/addresses", Address($"{number} Quay"))));
            Assert.Equal(20, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
            Assert.Equal(10, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
            Assert.Equal(20, (await LinesAsync(browser)).Distinct().Count());
            foreach (var answer in answers) answer.Dispose();
        }
    }

    [Fact]
    public async Task The_same_address_is_kept_once()
    {
        var (browser, _) = await site.SignedInAsync();
        using (browser)
        {
            var added = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AddAsync(browser, "1 Quay")));
            Assert.Single(added.Select(address => address.GetProperty("id").GetString()).Distinct());
            Assert.Single(await ListAsync(browser));
        }
    }

    [Fact]
    public async Task The_rules_of_the_checkout_hold_here_too()
    {
        var (browser, _) = await site.SignedInAsync();
        using (browser)
        {
            var problem = await browser.ExpectAsync(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/addresses", new { name = "Ada", line1 = "", city = "Hamburg", postalCode = "ABC", country = "DE" });
            Assert.Equal(["line1", "postalCode"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        }
    }

    [Fact]
    public async Task The_cart_reads_and_adds_them_by_the_user()
    {
        var (browser, _) = await site.SignedInAsync();
        using (browser)
        {
            var path = $"/internal/users/{await browser.UserIdAsync()}/addresses";
            using var cart = browser.Another();
            await cart.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, path, Address("1 Quay"));
            Assert.Equal("1 Quay", (await cart.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, path))[0].GetProperty("line1").GetString());
            Assert.Equal(["1 Quay"], await LinesAsync(browser));
            await cart.ExpectAsync(HttpStatusCode.BadRequest, HttpMethod.Post, path, Address(""));
            await cart.ExpectAsync(HttpStatusCode.NotFound, HttpMethod.Post, $"/internal/users/{Guid.NewGuid()}/addresses", Address("1 Quay"));
            Assert.Empty(cart.Cookies);
        }
    }

    [Fact]
    public async Task They_are_part_of_the_export_and_go_with_the_account()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            await AddAsync(browser, "1 Quay");
            var path = $"/internal/users/{await browser.UserIdAsync()}/addresses";
            var data = await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/account/export");
            Assert.Equal("1 Quay", data.GetProperty("addresses")[0].GetProperty("line1").GetString());
            await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/account/delete", new { password = person.Password });
            Assert.Equal(0, (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, path)).GetArrayLength());
        }
    }

    [Fact]
    public async Task The_pages_do_the_same_without_scripts()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            var form = await FormPage.OpenAsync(browser, "/account/addresses/new");
            Assert.Equal(person.DisplayName, form.ValueOf("Input.Name"));
            var wrong = await form.SendAsync("[data-testid='save-address']", ("Input.Line1", "1 Quay"), ("Input.City", "Hamburg"), ("Input.PostalCode", "ABC"), ("Input.Country", "DE"));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
            Assert.NotNull(wrong.ErrorAt("Input.PostalCode"));
            Assert.Equal("1 Quay", wrong.ValueOf("Input.Line1"));
            Assert.Equal(HttpStatusCode.SeeOther, (await wrong.SendAsync("[data-testid='save-address']", ("Input.PostalCode", "20095"), ("Input.Country", "DE"))).Status);
            await AddAsync(browser, "2 Quay");

            var list = await FormPage.OpenAsync(browser, "/account/addresses");
            Assert.Equal(2, list.Document.QuerySelectorAll("[data-testid='address']").Length);
            await list.SendAsync("[data-testid='default-address']");
            Assert.Equal(["2 Quay", "1 Quay"], await LinesAsync(browser));
            list = await FormPage.OpenAsync(browser, "/account/addresses");
            var change = await FormPage.OpenAsync(browser, list.Document.QuerySelector("[data-default='false'] [data-testid='edit-address']")!.GetAttribute("href")!);
            await change.SendAsync("[data-testid='save-address']", ("Input.Line1", "3 Quay"), ("Input.Country", "DE"), ("Input.Default", "true"));
            Assert.Equal(["3 Quay", "2 Quay"], await LinesAsync(browser));
            list = await FormPage.OpenAsync(browser, "/account/addresses");
            await list.SendAsync("[data-default='true'] [data-testid='remove-address']");
            Assert.Equal(["2 Quay"], await LinesAsync(browser));
        }
    }

    private static object Address(string line1, bool asDefault = false) =>
        new { name = "Ada Lovelace", line1, city = "Hamburg", postalCode = "20095", country = "DE", @default = asDefault };

    private static string PathOf(JsonElement address) => $"/api/addresses/{address.GetProperty("id").GetString()}";

    private static Task<JsonElement> AddAsync(Browser browser, string line1, bool asDefault = false) =>
        browser.ExpectAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/addresses", Address(line1, asDefault));

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(Browser browser) =>
        [.. (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/addresses")).EnumerateArray()];

    private static async Task<IEnumerable<string?>> LinesAsync(Browser browser) => (await ListAsync(browser)).Select(address => address.GetProperty("line1").GetString());
}
