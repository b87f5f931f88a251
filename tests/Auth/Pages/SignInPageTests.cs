using System.Net;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Pages;

[Collection(AuthCollection.Name)]
public sealed class SignInPageTests(AuthSite site)
{
    private const string Products = "http://catalog.shop.localhost:8080/products?page=2";

    [Fact]
    public async Task Signing_in_by_the_form_leads_back_to_where_the_visitor_came_from()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        var page = await FormPage.OpenAsync(browser, "/login?returnUrl=" + Uri.EscapeDataString(Products));
        var next = await page.SendAsync("[data-testid='submit-login']", ("Input.Email", person.Email), ("Input.Password", person.Password));
        Assert.Equal(HttpStatusCode.SeeOther, next.Status);
        Assert.Equal(Products, next.Answer.Headers.Location?.ToString());
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("http://catalog.shop.localhost:8080@evil.example/")]
    [InlineData("http://evil.shop.localhost:8080/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/logout")]
    [InlineData("")]
    public async Task Any_other_way_back_leads_home(string returnUrl)
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        var page = await FormPage.OpenAsync(browser, "/login?returnUrl=" + Uri.EscapeDataString(returnUrl));
        var next = await page.SendAsync("[data-testid='submit-login']", ("Input.Email", person.Email), ("Input.Password", person.Password));
        Assert.Equal("http://shop.localhost:8080/", next.Answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_refused_sign_in_keeps_the_address_and_the_way_back_but_not_the_password()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        var page = await FormPage.OpenAsync(browser, "/login?returnUrl=" + Uri.EscapeDataString(Products));
        var again = await page.SendAsync("[data-testid='submit-login']", ("Input.Email", person.Email), ("Input.Password", "wrong one here"), ("Input.RememberMe", "true"));
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);
        Assert.NotNull(again.Document.QuerySelector("[role='alert']"));
        Assert.Equal(person.Email, again.ValueOf("Input.Email"));
        Assert.Null(again.ValueOf("Input.Password"));
        Assert.Equal(Products, again.ValueOf("returnUrl"));
        Assert.NotNull(again.Document.QuerySelector("[name='Input.RememberMe'][checked]"));
        Assert.NotNull(again.Document.QuerySelector("[name='Input.Password'][autofocus]"));
        Assert.DoesNotContain("wrong one here", again.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var next = await again.SendAsync("[data-testid='submit-login']", ("Input.Password", person.Password));
        Assert.Equal(Products, next.Answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Empty_fields_are_told_at_each_and_the_first_has_the_focus()
    {
        using var browser = site.NewBrowser();
        var page = await FormPage.OpenAsync(browser, "/login");
        var again = await page.SendAsync("[data-testid='submit-login']");
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.NotNull(again.ErrorAt("Input.Email"));
        Assert.NotNull(again.ErrorAt("Input.Password"));
        Assert.Equal("Input.Email", Assert.Single(again.Document.QuerySelectorAll("[autofocus]")).GetAttribute("name"));
        Assert.All(again.Document.QuerySelectorAll("[aria-invalid]"), input => Assert.NotNull(again.Document.GetElementById(input.GetAttribute("aria-describedby")!.Split(' ')[^1])));
    }

    [Fact]
    public async Task Fields_tell_password_managers_what_they_are()
    {
        using var browser = site.NewBrowser();
        var login = await FormPage.OpenAsync(browser, "/login");
        Assert.Equal("username webauthn", login.Document.QuerySelector("[name='Input.Email']")?.GetAttribute("autocomplete"));
        Assert.Equal("current-password", login.Document.QuerySelector("[name='Input.Password']")?.GetAttribute("autocomplete"));
        var register = await FormPage.OpenAsync(browser, "/register");
        Assert.Equal("new-password", register.Document.QuerySelector("[name='Input.Password']")?.GetAttribute("autocomplete"));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        using var answer = await browser.FormAsync("/login", [new("Input.Email", person.Email), new("Input.Password", person.Password)]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Too_many_tries_say_how_long_to_wait()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        var page = await FormPage.OpenAsync(browser, "/login");
        for (var i = 0; i < 5; i++) page = await page.SendAsync("[data-testid='submit-login']", ("Input.Email", person.Email), ("Input.Password", $"guess {i} there"));
        page = await page.SendAsync("[data-testid='submit-login']", ("Input.Email", person.Email), ("Input.Password", person.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.NotNull(page.Answer.Headers.RetryAfter);
        Assert.Contains("Wait 5 minutes", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_the_sign_out_page_asks_and_its_form_signs_out()
    {
        var (browser, _) = await site.SignedInAsync();
        using (browser)
        {
            var page = await FormPage.OpenAsync(browser, "/logout");
            Assert.True(await browser.IsSignedInAsync());
            var next = await page.SendAsync("[data-testid='confirm-sign-out']");
            Assert.Equal(HttpStatusCode.SeeOther, next.Status);
            Assert.Equal("http://shop.localhost:8080/", next.Answer.Headers.Location?.ToString());
            Assert.Equal("\"cache\"", next.Answer.Headers.GetValues("Clear-Site-Data").Single());
            Assert.False(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task Registering_by_the_form_signs_in_and_goes_on()
    {
        using var browser = site.NewBrowser();
        var person = Person.New();
        var page = await FormPage.OpenAsync(browser, "/register?returnUrl=" + Uri.EscapeDataString(Products));
        var next = await page.SendAsync("[data-testid='submit-register']", ("Input.Email", person.Email), ("Input.Password", person.Password), ("Input.DisplayName", person.DisplayName));
        Assert.Equal(HttpStatusCode.SeeOther, next.Status);
        Assert.Equal(Products, next.Answer.Headers.Location?.ToString());
        var account = await FormPage.OpenAsync(browser, "/account");
        Assert.Contains($"Welcome aboard, {person.DisplayName}.", account.Document.QuerySelector("[data-testid='flash']")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_registration_keeps_what_was_typed()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        var page = await FormPage.OpenAsync(browser, "/register");
        var again = await page.SendAsync("[data-testid='submit-register']", ("Input.Email", person.Email), ("Input.Password", person.Password), ("Input.DisplayName", "Someone \"else\""));
        Assert.Contains("has an account already", again.ErrorAt("Input.Email"), StringComparison.Ordinal);
        Assert.Equal("Someone \"else\"", again.ValueOf("Input.DisplayName"));
        Assert.Equal(person.Email, again.ValueOf("Input.Email"));
    }
}
