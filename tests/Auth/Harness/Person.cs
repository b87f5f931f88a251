using System.Net;

namespace ShopSession.Auth.Tests.Harness;

/// <summary>An account of a test's own.</summary>
internal sealed record Person(string Email, string Password, string DisplayName)
{
    /// <summary>The administrator of the demo data.</summary>
    public static Person Administrator { get; } = new("admin@shop.localhost", "steady hands at the helm", "Admin");

    public static Person New()
    {
        var id = Guid.NewGuid().ToString("N")[..12];
        return new Person($"{id}@example.com", $"lantern {id} harbour", $"Person {id}");
    }

    public static async Task<Person> RegisterAsync(Browser browser)
    {
        var person = New();
        await browser.ExpectAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/register", new { email = person.Email, password = person.Password, displayName = person.DisplayName });
        return person;
    }
}
