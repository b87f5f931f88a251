using System.Net;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Emails;

[Collection(AuthCollection.Name)]
public sealed class EmailTests(AuthSite site)
{
    private const string Confirm = "Confirm your email address";
    private const string Change = "Confirm your new email address";

    [Fact]
    public async Task A_registered_address_is_confirmed_by_its_mail_and_a_button_not_by_looking()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            var link = Mailbox.LinkIn(await Mailbox.WaitAsync(browser, person.Email, Confirm));
            var page = await FormPage.OpenAsync(browser, link.PathAndQuery);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.False(await IsVerifiedAsync(browser));

            var done = await page.SendAsync("[data-testid='confirm-email']");
            Assert.Equal(HttpStatusCode.SeeOther, done.Status);
            Assert.True(await IsVerifiedAsync(browser));
            var account = await FormPage.OpenAsync(browser, "/account");
            Assert.NotNull(account.Document.QuerySelector("[data-testid='email-confirmed']"));
            Assert.Contains("Your address is confirmed.", account.Text, StringComparison.Ordinal);
            var again = await FormPage.OpenAsync(browser, link.PathAndQuery);
            Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        }
    }

    [Fact]
    public async Task The_confirmation_is_sent_again_on_request_and_the_newer_link_counts()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            var old = await Mailbox.TokenAsync(browser, person.Email, Confirm);
            await (await FormPage.OpenAsync(browser, "/account")).SendAsync("[data-testid='send-confirmation']");
            var token = await Mailbox.TokenAsync(browser, person.Email, Confirm, 2);
            await browser.ExpectAsync(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/email/confirm", new { token = old });
            await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/email/confirm", new { token });
        }
    }

    [Fact]
    public async Task A_new_address_counts_when_its_mailbox_says_so_and_the_old_one_is_told()
    {
        var (browser, person) = await site.SignedInAsync();
        using var other = browser.Another();
        await other.SignInAsync(person);
        var next = person with { Email = Person.New().Email };
        var sent = await (await FormPage.OpenAsync(browser, "/account/email")).SendAsync("[data-testid='submit-email']", ("Input.Email", next.Email));
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        var link = Mailbox.LinkIn(await Mailbox.WaitAsync(browser, next.Email, Change));
        Assert.Equal(person.Email, (await AccountAsync(browser)).Email);

        await (await FormPage.OpenAsync(browser, link.PathAndQuery)).SendAsync("[data-testid='confirm-email']");

        Assert.Equal((next.Email, true), await AccountAsync(browser));
        Assert.False(await other.IsSignedInAsync());
        await Mailbox.WaitAsync(browser, person.Email, "Your account has a new email address");
        await other.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password });
        await other.SignInAsync(next);
        browser.Dispose();
    }

    [Fact]
    public async Task An_address_with_an_account_of_its_own_is_told_to_its_owner_only()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            var owner = await Person.RegisterAsync(browser);
            await browser.ExpectAsync(HttpStatusCode.Accepted, HttpMethod.Post, "/api/email", new { email = owner.Email });
            await Mailbox.WaitAsync(browser, owner.Email, "Your email address has an account already");
            Assert.Equal(person.Email, (await AccountAsync(browser)).Email);
        }
    }

    [Fact]
    public async Task An_address_that_gets_an_account_while_the_link_is_under_way_stays_with_that_account()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            var contested = Person.New();
            await browser.ExpectAsync(HttpStatusCode.Accepted, HttpMethod.Post, "/api/email", new { email = contested.Email });
            var token = await Mailbox.TokenAsync(browser, contested.Email, Change);
            await browser.ExpectAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/register", new { email = contested.Email, password = contested.Password, displayName = contested.DisplayName });
            await browser.ExpectAsync(HttpStatusCode.Conflict, HttpMethod.Post, "/api/email/confirm", new { token });
            Assert.Equal(person.Email, (await AccountAsync(browser)).Email);
        }
    }

    private static async Task<(string Email, bool Verified)> AccountAsync(Browser browser)
    {
        var account = await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/account");
        return (account.GetProperty("email").GetString()!, account.GetProperty("emailVerified").GetBoolean());
    }

    private static async Task<bool> IsVerifiedAsync(Browser browser) => (await AccountAsync(browser)).Verified;
}
