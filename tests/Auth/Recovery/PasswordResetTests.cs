using System.Net;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Recovery;

[Collection(AuthCollection.Name)]
public sealed class PasswordResetTests(AuthSite site)
{
    private const string Subject = "A new password for your account";
    private const string Replacement = "another harbour by night";

    [Fact]
    public async Task The_link_of_the_mail_sets_a_new_password_once_and_ends_every_session()
    {
        var (browser, person) = await site.SignedInAsync();
        using var visitor = browser.Another();
        var sent = await (await FormPage.OpenAsync(visitor, "/forgot-password")).SendAsync("[data-testid='submit-forgot']", ("Input.Email", person.Email));
        Assert.Equal("/forgot-password?sent=true", sent.Answer.Headers.Location?.OriginalString);
        var link = Mailbox.LinkIn(await Mailbox.WaitAsync(visitor, person.Email, Subject));
        Assert.Equal("auth.shop.localhost:8080", link.Authority);

        var page = await FormPage.OpenAsync(visitor, link.PathAndQuery);
        Assert.Equal("same-origin", Assert.Single(page.Answer.Headers.GetValues("Referrer-Policy")));
        Assert.DoesNotContain(link.Query["?token=".Length..], page.Document.QuerySelector("[data-testid='sign-in']")?.GetAttribute("href"), StringComparison.Ordinal);
        var weak = await page.SendAsync("[data-testid='submit-reset']", ("Input.New", "password1"));
        Assert.NotNull(weak.ErrorAt("Input.New"));
        var done = await weak.SendAsync("[data-testid='submit-reset']", ("Input.New", Replacement));
        Assert.Equal("/login", done.Answer.Headers.Location?.OriginalString);

        Assert.False(await browser.IsSignedInAsync());
        await visitor.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password });
        await visitor.SignInAsync(person with { Password = Replacement });
        await Mailbox.WaitAsync(visitor, person.Email, "Your password was changed");
        var again = await FormPage.OpenAsync(visitor, link.PathAndQuery);
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        browser.Dispose();
    }

    [Fact]
    public async Task Who_is_signed_in_while_choosing_a_new_password_signs_in_anew()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            await browser.ExpectAsync(HttpStatusCode.Accepted, HttpMethod.Post, "/api/password/forgot", new { email = person.Email });
            var page = await FormPage.OpenAsync(browser, "/reset-password?token=" + await Mailbox.TokenAsync(browser, person.Email, Subject));
            var done = await page.SendAsync("[data-testid='submit-reset']", ("Input.New", Replacement));
            Assert.Equal("/login", done.Answer.Headers.Location?.OriginalString);
            Assert.False(await browser.IsSignedInAsync());
            Assert.Contains("Your password is changed", (await FormPage.OpenAsync(browser, "/login")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_newer_link_ends_the_older_and_a_link_for_something_else_is_none()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        var tokens = new List<string> { await Mailbox.TokenAsync(browser, person.Email, "Confirm your email address") };
        for (var i = 1; i <= 2; i++)
        {
            await browser.ExpectAsync(HttpStatusCode.Accepted, HttpMethod.Post, "/api/password/forgot", new { email = person.Email });
            tokens.Add(await Mailbox.TokenAsync(browser, person.Email, Subject, i));
        }

        foreach (var dead in new[] { tokens[0], tokens[1], "", new string('A', 43), new string('A', 5000) })
        {
            var problem = await browser.ExpectAsync(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/password/reset", new { token = dead, @new = Replacement });
            Assert.EndsWith("/link-invalid", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        }

        await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/password/reset", new { token = tokens[2], @new = Replacement });
    }

    [Fact]
    public async Task One_link_used_twice_in_the_same_moment_works_once()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        await browser.ExpectAsync(HttpStatusCode.Accepted, HttpMethod.Post, "/api/password/forgot", new { email = person.Email });
        var token = await Mailbox.TokenAsync(browser, person.Email, Subject);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => browser.JsonAsync(HttpMethod.Post, "/api/password/reset", new { token, @new = $"{Replacement} {i}" })));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Addresses_with_and_without_account_get_the_same_answers_and_limits()
    {
        using var browser = site.NewBrowser();
        var known = await Person.RegisterAsync(browser);
        var unknown = Person.New();
        var answers = new List<string>[] { [], [] };
        foreach (var (person, seen) in new[] { (known, answers[0]), (unknown, answers[1]) })
        {
            for (var i = 0; i < 6; i++)
            {
                using var answer = await browser.JsonAsync(HttpMethod.Post, "/api/password/forgot", new { email = person.Email });
                var headers = string.Join('|', answer.Headers.Where(header => header.Key is not ("Date" or "X-Shop-Replica" or "Retry-After")).Select(header => $"{header.Key}:{string.Join(',', header.Value)}"));
                seen.Add($"{(int)answer.StatusCode} {headers}");
            }
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.StartsWith("202", answers[0][4], StringComparison.Ordinal);
        Assert.StartsWith("429", answers[0][5], StringComparison.Ordinal);
        await Mailbox.WaitAsync(browser, known.Email, Subject, 5);
        Assert.Empty(await Mailbox.ReadAsync(browser, unknown.Email));
    }
}
