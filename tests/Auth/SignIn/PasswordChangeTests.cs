using System.Net;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.SignIn;

[Collection(AuthCollection.Name)]
public sealed class PasswordChangeTests(AuthSite site)
{
    private const string Replacement = "another harbour by night";

    [Fact]
    public async Task Changing_the_password_ends_every_other_session_and_gives_this_one_a_new_id()
    {
        var (browser, person) = await site.SignedInAsync();
        using var other = browser.Another();
        using var token = browser.Another();
        await other.SignInAsync(person, rememberMe: true);
        token.Bearer = (await token.ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password, transport = "token" })).GetProperty("token").GetString();
        var before = browser.Cookies[Browser.SessionCookie];

        await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/password", new { current = person.Password, @new = Replacement });

        Assert.NotEqual(before, browser.Cookies[Browser.SessionCookie]);
        for (var i = 0; i < 2; i++)
        {
            Assert.True(await browser.IsSignedInAsync());
            Assert.False(await other.IsSignedInAsync());
            Assert.False(await token.IsSignedInAsync());
        }

        await other.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password });
        await other.SignInAsync(person with { Password = Replacement });
        browser.Dispose();
    }

    [Fact]
    public async Task A_wrong_current_password_changes_nothing_and_counts_like_one_at_sign_in()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            for (var i = 0; i < 5; i++)
            {
                var problem = await browser.ExpectAsync(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/password", new { current = $"wrong {i}", @new = Replacement });
                Assert.True(problem.GetProperty("errors").TryGetProperty("current", out _));
            }

            await browser.ExpectAsync(HttpStatusCode.TooManyRequests, HttpMethod.Post, "/api/password", new { current = person.Password, @new = Replacement });
            await browser.ExpectAsync(HttpStatusCode.TooManyRequests, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password });
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task The_new_password_follows_the_rules_and_differs_from_the_old_one()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            foreach (var replacement in new[] { "short", "password123", person.Email, person.Password, "" })
            {
                var problem = await browser.ExpectAsync(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/password", new { current = person.Password, @new = replacement });
                Assert.True(problem.GetProperty("errors").TryGetProperty("new", out _), replacement);
            }
        }
    }

    [Fact]
    public async Task Of_two_changes_in_the_same_moment_one_wins_and_its_password_is_the_one_that_counts()
    {
        var (browser, person) = await site.SignedInAsync();
        using var other = browser.Another();
        await other.SignInAsync(person);
        var answers = await Task.WhenAll(
            browser.JsonAsync(HttpMethod.Post, "/api/password", new { current = person.Password, @new = Replacement + " one" }),
            other.JsonAsync(HttpMethod.Post, "/api/password", new { current = person.Password, @new = Replacement + " two" }));
        var winner = Assert.Single(Enumerable.Range(0, 2), i => answers[i].StatusCode == HttpStatusCode.NoContent);
        using var fresh = browser.Another();
        await fresh.SignInAsync(person with { Password = Replacement + (winner == 0 ? " one" : " two") });
        browser.Dispose();
    }
}
