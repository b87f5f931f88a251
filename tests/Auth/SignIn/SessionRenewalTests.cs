using System.Net;
using System.Text.Json;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.SignIn;

[Collection(AuthCollection.Name)]
public sealed class SessionRenewalTests(AuthSite site)
{
    [Fact]
    public async Task A_new_name_keeps_the_session_and_is_not_a_sign_in()
    {
        var (browser, _) = await site.SignedInAsync();
        using (browser)
        {
            var before = await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/session");
            var id = browser.Cookies[Browser.SessionCookie];
            var page = await FormPage.OpenAsync(browser, "/account");
            await page.SendAsync("[data-testid='save-name']", ("Name.DisplayName", "Renewed"));

            var after = await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/session");
            Assert.Equal("Renewed", after.GetProperty("userName").GetString());
            Assert.NotEqual(id, browser.Cookies[Browser.SessionCookie]);
            Assert.Equal(before.GetProperty("createdAt").GetDateTimeOffset(), after.GetProperty("createdAt").GetDateTimeOffset());
        }
    }

    [Fact]
    public async Task The_shops_services_can_ask_for_an_account_as_it_is_now()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            var id = (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/session")).GetProperty("userId").GetString();
            var user = await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, $"/internal/users/{id}");
            Assert.Equal(person.Email, user.GetProperty("email").GetString());
            Assert.Equal(JsonValueKind.False, user.GetProperty("emailVerified").ValueKind);
            using var unknown = await browser.GetAsync("/internal/users/00000000-0000-0000-0000-000000000000");
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        }
    }
}
