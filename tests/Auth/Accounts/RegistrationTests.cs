using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Accounts;

[Collection(AuthCollection.Name)]
public sealed class RegistrationTests(AuthSite site)
{
    [Fact]
    public async Task A_new_account_can_sign_in_at_the_other_replica_and_registering_alone_signs_nobody_in()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        Assert.Empty(browser.Cookies);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(person.DisplayName, (await browser.SignInAsync(person)).GetProperty("userName").GetString());
    }

    [Theory]
    [InlineData("""{"password":"lantern at the harbour","displayName":"A"}""", "email")]
    [InlineData("""{"email":"not an address","password":"lantern at the harbour","displayName":"A"}""", "email")]
    [InlineData("""{"email":"a@nodot","password":"lantern at the harbour","displayName":"A"}""", "email")]
    [InlineData("""{"email":"a@b.example\r\nBcc: c@d.example","password":"lantern at the harbour","displayName":"A"}""", "email")]
    [InlineData("""{"email":"a@b.example","displayName":"A"}""", "password")]
    [InlineData("""{"email":"a@b.example","password":"7 chars","displayName":"A"}""", "password")]
    [InlineData("""{"email":"a@b.example","password":"P@ssw0rd123!","displayName":"A"}""", "password")]
    [InlineData("""{"email":"a@b.example","password":"lantern at the harbour"}""", "displayName")]
    [InlineData("""{"email":"a@b.example","password":"lantern at the harbour","displayName":"  "}""", "displayName")]
    [InlineData("""{"email":"a@b.example","password":"lantern at the harbour","displayName":"evil\u202Egnp"}""", "displayName")]
    [InlineData("""{"email":"a@b.example","password":"lantern at the harbour","displayName":12}""", "displayName")]
    public async Task Bad_input_is_refused_at_its_field(string body, string field)
    {
        using var browser = site.NewBrowser();
        using var answer = await browser.SendAsync(HttpMethod.Post, "/api/register", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Overlong_input_is_refused_at_its_field()
    {
        using var browser = site.NewBrowser();
        var problem = await browser.ExpectAsync(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/register", new { email = new string('a', 250) + "@b.example", password = new string('p', 100_000), displayName = new string('n', 61) });
        Assert.Equal(["displayName", "email", "password"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }

    [Fact]
    public async Task What_is_not_JSON_is_refused_and_nothing_else()
    {
        using var browser = site.NewBrowser();
        using var text = await browser.SendAsync(HttpMethod.Post, "/api/register", new StringContent("{}", Encoding.UTF8, "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);
        using var broken = await browser.SendAsync(HttpMethod.Post, "/api/register", new StringContent("{\"email\":", MediaTypeHeaderValue.Parse("application/json")));
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        // With "Expect: 100-continue" the refusal is read before the body is sent; without it the connection may be closed under the body.
        using var huge = await browser.SendAsync(
            HttpMethod.Post,
            "/api/register",
            new StringContent(new string(' ', 1_000_000), MediaTypeHeaderValue.Parse("application/json")),
            request => request.Headers.ExpectContinue = true);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
    }

    [Fact]
    public async Task An_address_has_one_account_however_it_is_written()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        var problem = await browser.ExpectAsync(HttpStatusCode.Conflict, HttpMethod.Post, "/api/register", new { email = $" {person.Email.ToUpperInvariant()} ", password = person.Password, displayName = "Other" });
        Assert.EndsWith("/email-taken", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.True(problem.GetProperty("errors").TryGetProperty("email", out _));
        await browser.SignInAsync(person with { Email = person.Email.ToUpperInvariant() });
    }

    [Fact]
    public async Task Of_many_registrations_of_one_address_in_the_same_moment_one_wins()
    {
        using var browser = site.NewBrowser();
        var person = Person.New();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => browser.JsonAsync(HttpMethod.Post, "/api/register", new { email = person.Email, password = $"{person.Password} {i}", displayName = "Same" })));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(11, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Markup_in_a_name_is_kept_as_text()
    {
        using var browser = site.NewBrowser();
        var person = Person.New() with { DisplayName = "<img src=x onerror=alert(1)>" };
        await browser.ExpectAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/register", new { email = person.Email, password = person.Password, displayName = person.DisplayName });
        await browser.SignInAsync(person);
        var page = await FormPage.OpenAsync(browser, "/account");
        Assert.Equal(person.DisplayName, page.Document.QuerySelector("[data-testid='user-name']")?.TextContent);
        Assert.Empty(page.Document.QuerySelectorAll("img[src=x]"));
    }

    [Theory]
    [InlineData("demo@shop.localhost", "correct horse battery staple")]
    [InlineData("admin@shop.localhost", "steady hands at the helm")]
    public async Task The_demo_accounts_are_there_once_although_both_replicas_made_sure_of_them(string email, string password)
    {
        using var browser = site.NewBrowser();
        var id = (await browser.SignInAsync(new Person(email, password, ""))).GetProperty("userId").GetString();
        Assert.Equal(1, site.Replicas.Count(replica => replica.Output.Contains($"The demo account {id} was created", StringComparison.Ordinal)));
    }
}
