using System.Net;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Limits;

[Collection(AuthCollection.Name)]
public sealed class GuessingTests(AuthSite site)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_60_wrong_passwords_at_once_over_both_replicas_five_are_looked_at_whether_the_account_exists_or_not(bool exists)
    {
        using var browser = site.NewBrowser();
        var person = exists ? await Person.RegisterAsync(browser) : Person.New();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => browser.JsonAsync(HttpMethod.Post, "/api/login", new { email = person.Email, password = $"guess {i}" })));
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(55, refused.Count);
        Assert.All(refused, answer => Assert.InRange(answer.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 300));

        // The right password is no exception, or it could be told from the wrong ones.
        await browser.ExpectAsync(HttpStatusCode.TooManyRequests, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password });
        var neighbour = await Person.RegisterAsync(browser);
        await browser.SignInAsync(neighbour);
    }

    [Fact]
    public async Task A_success_starts_the_count_anew()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++) await browser.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = person.Email, password = $"typo {i}" });
            await browser.SignInAsync(person);
        }
    }

    [Fact]
    public async Task Many_right_sign_ins_of_one_account_at_once_all_succeed()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => browser.Another().JsonAsync(HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password })));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task An_attacker_elsewhere_does_not_lock_the_owner_out()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        for (var i = 0; i < 8; i++)
        {
            using var answer = await FromAsync(browser, "203.0.113.7", new { email = person.Email, password = $"guess {i}" });
            Assert.Equal(i < 5 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, answer.StatusCode);
        }

        using var owner = await FromAsync(browser, "198.51.100.4", new { email = person.Email, password = person.Password });
        Assert.Equal(HttpStatusCode.OK, owner.StatusCode);
    }

    // A service started alone while developing trusts forwarded headers from loopback.
    private static Task<HttpResponseMessage> FromAsync(Browser browser, string address, object body) =>
        browser.SendAsync(HttpMethod.Post, "/api/login", System.Net.Http.Json.JsonContent.Create(body), request => request.Headers.Add("X-Forwarded-For", address));
}
