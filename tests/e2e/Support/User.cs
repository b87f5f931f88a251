using System.Net;
using ShopSession.E2E.Tests.Http;

namespace ShopSession.E2E.Tests.Support;

/// <summary>An account of a test's own.</summary>
internal sealed record User(string Email, string Password, string DisplayName)
{
    /// <summary>The administrator of the demo data.</summary>
    public static User Administrator { get; } = new("admin@shop.localhost", "steady hands at the helm", "Admin");

    /// <summary>Makes a new account through the API.</summary>
    public static async Task<User> RegisterAsync(ShopClient client)
    {
        var id = Guid.NewGuid().ToString("N")[..12];
        var user = new User($"{id}@example.com", $"a long pass phrase {id}", $"Visitor {id}");
        await client.JsonAsync(HttpMethod.Post, "auth", "/api/register", new { email = user.Email, password = user.Password, displayName = user.DisplayName }, HttpStatusCode.Created);
        return user;
    }
}
