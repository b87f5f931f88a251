using System.Net;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Tests.Harness;
using ShopSession.Data;

namespace ShopSession.Auth.Tests.Administration;

[Collection(AuthCollection.Name)]
public sealed class AdministrationTests(AuthSite site)
{
    [Theory]
    [InlineData("/admin/users")]
    [InlineData("/admin/users/00000000-0000-0000-0000-000000000000")]
    [InlineData("/admin/audit")]
    [InlineData("/admin/sessions")]
    public async Task Only_administrators_get_in(string path)
    {
        var (customer, _) = await site.SignedInAsync();
        using (customer)
        {
            using var refused = await customer.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            using var guest = customer.Another();
            using var challenged = await guest.SendAsync(HttpMethod.Get, path, change: request => request.Headers.Add("Accept", "text/html"));
            Assert.Equal("/login", challenged.Headers.Location?.AbsolutePath);
        }
    }

    [Fact]
    public async Task Locking_ends_every_session_and_looks_like_a_wrong_password_until_it_is_undone()
    {
        using var administrator = await site.AdministratorAsync();
        var (customer, person) = await site.SignedInAsync();
        var path = $"/admin/users/{await customer.UserIdAsync()}";
        var found = await FormPage.OpenAsync(administrator, $"/admin/users?q={Uri.EscapeDataString(person.Email[..12].ToUpperInvariant())}");
        Assert.Equal(path, Assert.Single(found.Document.QuerySelectorAll("[data-testid='user-row'] a")).GetAttribute("href"));

        await (await FormPage.OpenAsync(administrator, path)).SendAsync("[data-testid='lock-user']");
        Assert.False(await customer.IsSignedInAsync());
        var locked = await customer.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password });
        var wrong = await customer.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = person.Email, password = "wrong one here" });
        Assert.Equal(wrong.GetProperty("type").GetString(), locked.GetProperty("type").GetString());

        await (await FormPage.OpenAsync(administrator, path)).SendAsync("[data-testid='unlock-user']");
        await customer.SignInAsync(person);
        var page = await FormPage.OpenAsync(administrator, path);
        var lines = page.Document.QuerySelectorAll("[data-testid='audit-entry']").Select(row => row.TextContent).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Contains(Person.Administrator.Email, line, StringComparison.Ordinal));
        Assert.Contains("Locked the account", lines[1], StringComparison.Ordinal);
        var audit = await FormPage.OpenAsync(administrator, "/admin/audit");
        Assert.Contains(person.Email, audit.Text, StringComparison.Ordinal);
        customer.Dispose();
    }

    [Fact]
    public async Task One_session_or_all_are_ended()
    {
        using var administrator = await site.AdministratorAsync();
        var (customer, person) = await site.SignedInAsync();
        using var second = customer.Another();
        using var third = customer.Another();
        await second.SignInAsync(person);
        await third.SignInAsync(person);
        var path = $"/admin/users/{await customer.UserIdAsync()}";
        var page = await FormPage.OpenAsync(administrator, path);
        Assert.Equal(3, page.Document.QuerySelectorAll("[data-testid='session-row']").Length);
        await page.SendAsync("[data-testid='end-session']");
        page = await FormPage.OpenAsync(administrator, path);
        Assert.Equal(2, page.Document.QuerySelectorAll("[data-testid='session-row']").Length);
        await page.SendAsync("[data-testid='end-all-sessions']");
        foreach (var browser in new[] { customer, second, third }) Assert.False(await browser.IsSignedInAsync());
        customer.Dispose();
    }

    [Fact]
    public async Task The_account_reads_in_its_timeline_that_an_administrator_ended_the_session()
    {
        using var administrator = await site.AdministratorAsync();
        var (customer, person) = await site.SignedInAsync();
        using var owner = customer;
        // Ended sessions are told by what they were on.
        customer.UserAgent = "curl/8.5.0";
        await customer.SignInAsync(person);
        var path = $"/admin/users/{await customer.UserIdAsync()}";
        await (await FormPage.OpenAsync(administrator, path)).SendAsync("[data-testid='end-session']");
        await customer.SignInAsync(person);
        await (await FormPage.OpenAsync(administrator, path)).SendAsync("[data-testid='end-all-sessions']");
        await customer.SignInAsync(person);

        var page = await FormPage.OpenAsync(customer, "/account/devices");
        var ended = page.Document.QuerySelectorAll("[data-testid='ended-device']").Select(device => device.TextContent).ToList();
        Assert.Equal(2, ended.Count);
        Assert.All(ended, text => Assert.Contains($"Signed out by the shop’s administrator {Person.Administrator.DisplayName}", text, StringComparison.Ordinal));
        Assert.All(ended, text => Assert.DoesNotContain(Person.Administrator.Email, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_role_is_given_to_confirmed_addresses_and_taken_with_every_session_that_has_it()
    {
        using var administrator = await site.AdministratorAsync();
        var (customer, person) = await site.SignedInAsync();
        var path = $"/admin/users/{await customer.UserIdAsync()}";
        var refused = await (await FormPage.OpenAsync(administrator, path)).SendAsync("[data-testid='grant-admin']");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        await customer.ConfirmEmailAsync(person);
        await (await FormPage.OpenAsync(administrator, path)).SendAsync("[data-testid='grant-admin']");

        await customer.SignInAsync(person);
        using (var welcome = await customer.GetAsync("/admin/users")) Assert.Equal(HttpStatusCode.OK, welcome.StatusCode);
        await (await FormPage.OpenAsync(administrator, path)).SendAsync("[data-testid='withdraw-admin']");
        Assert.False(await customer.IsSignedInAsync());
        await customer.SignInAsync(person);
        using (var refusal = await customer.GetAsync("/admin/users")) Assert.Equal(HttpStatusCode.Forbidden, refusal.StatusCode);
        customer.Dispose();
    }

    [Fact]
    public async Task The_database_refuses_to_change_the_audit_log()
    {
        using var administrator = await site.AdministratorAsync();
        var (customer, _) = await site.SignedInAsync();
        await (await FormPage.OpenAsync(administrator, $"/admin/users/{await customer.UserIdAsync()}")).SendAsync("[data-testid='lock-user']");
        var options = new DbContextOptionsBuilder<AuthDbContext>();
        options.UseShopDatabase(SchemaTests.At($"Data Source={site.DatabaseFile}"));
        await using var db = new AuthDbContext(options.Options);
        foreach (var statement in new[] { "DELETE FROM \"AuditEntries\"", "UPDATE \"AuditEntries\" SET \"Action\" = 'unlock'" })
        {
            var refused = await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(statement, TestContext.Current.CancellationToken));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }

        customer.Dispose();
    }
}
