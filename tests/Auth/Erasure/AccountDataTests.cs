using System.Net;
using ShopSession.Auth.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Erasure;

[Collection(AuthCollection.Name)]
public sealed class AccountDataTests(AuthSite site)
{
    [Fact]
    public async Task The_export_holds_the_account_its_sessions_and_what_the_cart_knows()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            var id = await browser.UserIdAsync();
            using var answer = await browser.GetAsync("/api/account/export");
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
            var data = await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/account/export");
            Assert.Equal(person.Email, data.GetProperty("account").GetProperty("email").GetString());
            Assert.Equal(1, data.GetProperty("sessions").GetArrayLength());
            Assert.Equal("order-of-" + id, data.GetProperty("orders")[0].GetProperty("orderId").GetString());
            Assert.Equal(2, data.GetProperty("cart").GetProperty("count").GetInt32());
            Assert.DoesNotContain("assword", data.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Deleting_takes_the_password_and_leaves_nothing_behind()
    {
        var (browser, person) = await site.SignedInAsync();
        using var other = browser.Another();
        await other.SignInAsync(person);
        var id = await browser.UserIdAsync();
        var page = await FormPage.OpenAsync(browser, "/account/data");
        var wrong = await page.SendAsync("[data-testid='delete-account']", ("Input.Password", "not this one"));
        Assert.NotNull(wrong.ErrorAt("Input.Password"));
        Assert.True(await other.IsSignedInAsync());

        var done = await wrong.SendAsync("[data-testid='delete-account']", ("Input.Password", person.Password));
        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        Assert.False(await browser.IsSignedInAsync());
        Assert.False(await other.IsSignedInAsync());
        Assert.Contains(id, site.Cart.Forgotten);
        using var gone = await other.GetAsync($"/internal/users/{id}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await other.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password });
        await Mailbox.WaitAsync(other, person.Email, "Your account was deleted");
        // The address is free again.
        await other.ExpectAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/register", new { email = person.Email, password = person.Password, displayName = person.DisplayName });
        browser.Dispose();
    }

    [Fact]
    public async Task A_cart_that_does_not_answer_hears_of_it_later()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            var id = await browser.UserIdAsync();
            site.Cart.Refuse(id, 1);
            await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/account/delete", new { password = person.Password });
            Assert.False(await browser.IsSignedInAsync());
            await Poll.UntilAsync(() => site.Cart.Forgotten.Contains(id), TimeSpan.FromSeconds(60), "the cart forgot the user", TestContext.Current.CancellationToken);
        }
    }
}
