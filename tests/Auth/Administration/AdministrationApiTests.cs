using System.Net;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Administration;

[Collection(AuthCollection.Name)]
public sealed class AdministrationApiTests(AuthSite site)
{
    [Theory]
    [InlineData("GET", "/api/admin/users")]
    [InlineData("GET", "/api/admin/users/x")]
    [InlineData("GET", "/api/admin/users/x/sessions")]
    [InlineData("DELETE", "/api/admin/users/x/sessions")]
    [InlineData("POST", "/api/admin/users/x/lock")]
    [InlineData("PUT", "/api/admin/users/x/administrator")]
    [InlineData("GET", "/api/admin/audit")]
    [InlineData("GET", "/api/admin/sessions")]
    public async Task Only_administrators_get_in(string method, string path)
    {
        var (customer, _) = await site.SignedInAsync();
        using var owner = customer;
        await customer.ExpectAsync(HttpStatusCode.Forbidden, new HttpMethod(method), path);
        using var guest = customer.Another();
        await guest.ExpectAsync(HttpStatusCode.Unauthorized, new HttpMethod(method), path);
    }

    [Fact]
    public async Task Accounts_are_found_locked_and_unlocked()
    {
        using var administrator = await site.AdministratorAsync();
        var (customer, person) = await site.SignedInAsync();
        using var owner = customer;
        var id = await customer.UserIdAsync();
        var found = await administrator.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, $"/api/admin/users?search={Uri.EscapeDataString(person.Email)}");
        Assert.Equal((1, id), (found.GetProperty("total").GetInt32(), Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("id").GetString()));
        Assert.Single((await administrator.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/admin/users?pageSize=1&page=2")).GetProperty("items").EnumerateArray());

        await administrator.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, $"/api/admin/users/{id}/lock");
        Assert.False(await customer.IsSignedInAsync());
        Assert.NotEqual("Null", (await administrator.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, $"/api/admin/users/{id}")).GetProperty("lockedAt").ValueKind.ToString());
        await administrator.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, $"/api/admin/users/{id}/unlock");
        var audit = (await administrator.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, $"/api/admin/audit?subject={id}")).EnumerateArray().Select(entry => entry.GetProperty("action").GetString());
        Assert.Equal(["unlock", "lock"], audit);
    }

    [Fact]
    public async Task One_session_or_all_are_ended()
    {
        using var administrator = await site.AdministratorAsync();
        var (customer, person) = await site.SignedInAsync();
        using var owner = customer;
        using var second = customer.Another();
        await second.SignInAsync(person);
        var path = $"/api/admin/users/{await customer.UserIdAsync()}/sessions";
        var sessions = (await administrator.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, path)).EnumerateArray().ToList();
        Assert.Equal(2, sessions.Count);
        var newest = sessions[0].GetProperty("id").GetString();
        await administrator.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Delete, $"{path}/{newest}");
        await administrator.ExpectAsync(HttpStatusCode.NotFound, HttpMethod.Delete, $"{path}/{newest}");
        await administrator.ExpectAsync(HttpStatusCode.NotFound, HttpMethod.Delete, $"{path}/none");
        Assert.False(await second.IsSignedInAsync());
        Assert.True(await customer.IsSignedInAsync());
        await administrator.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Delete, path);
        Assert.False(await customer.IsSignedInAsync());
    }

    [Fact]
    public async Task What_is_wrong_or_not_there_is_said()
    {
        using var administrator = await site.AdministratorAsync();
        var (customer, _) = await site.SignedInAsync();
        using var owner = customer;
        foreach (var (query, field) in new[] { ("page=0", "page"), ("pageSize=51", "pageSize"), ("pageSize=x", "pageSize"), ($"search={new string('x', 255)}", "search") })
        {
            var problem = await administrator.ExpectAsync(HttpStatusCode.BadRequest, HttpMethod.Get, $"/api/admin/users?{query}");
            Assert.NotEqual(0, problem.GetProperty("errors").GetProperty(field).GetArrayLength());
        }

        foreach (var (method, path) in new[] { ("GET", ""), ("GET", "/sessions"), ("DELETE", "/sessions"), ("POST", "/lock"), ("PUT", "/administrator") })
            await administrator.ExpectAsync(HttpStatusCode.NotFound, new HttpMethod(method), "/api/admin/users/00000000-0000-0000-0000-000000000000" + path);
        var refused = await administrator.ExpectAsync(HttpStatusCode.Forbidden, HttpMethod.Put, $"/api/admin/users/{await customer.UserIdAsync()}/administrator");
        Assert.EndsWith("/not-allowed", refused.GetProperty("type").GetString(), StringComparison.Ordinal);
        using var foreign = await administrator.SendAsync(HttpMethod.Post, $"/api/admin/users/{await customer.UserIdAsync()}/lock", change: request => request.Headers.Add("Origin", "https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.True(await customer.IsSignedInAsync());
    }
}
