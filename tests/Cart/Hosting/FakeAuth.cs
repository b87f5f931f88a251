using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShopSession.Cart.Tests.Hosting;

/// <summary>Stands in for auth: the addresses that accounts keep.</summary>
public sealed class FakeAuth : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, List<JsonObject>> _addresses = new();

    private FakeAuth(WebApplication app)
    {
        _app = app;
        _app.MapGet("/internal/users/{id}/addresses", async (string id, HttpContext context) =>
        {
            if (Silent) await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return Fails ? Results.StatusCode(StatusCodes.Status500InternalServerError) : Results.Json(Of(id));
        });
        _app.MapPost("/internal/users/{id}/addresses", (string id, JsonObject address) =>
        {
            if (Fails) return Results.StatusCode(StatusCodes.Status500InternalServerError);
            if (Full) return Results.StatusCode(StatusCodes.Status409Conflict);
            address["id"] = Guid.NewGuid().ToString();
            Of(id).Add(address);
            return Results.NoContent();
        });
    }

    public string Url => _app.Urls.Single();

    /// <summary>Answers with 500.</summary>
    public bool Fails { get; set; }

    /// <summary>Takes the question and never answers.</summary>
    public bool Silent { get; set; }

    /// <summary>Takes no more addresses.</summary>
    public bool Full { get; set; }

    public static async Task<FakeAuth> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var auth = new FakeAuth(builder.Build());
        await auth._app.StartAsync();
        return auth;
    }

    public List<JsonObject> Of(string user) => _addresses.GetOrAdd(user, _ => []);

    /// <summary>Keeps an address and returns its id.</summary>
    public string Keep(string user, string line1, string postalCode, string city, string country)
    {
        var id = Guid.NewGuid().ToString();
        Of(user).Add(new JsonObject { ["id"] = id, ["name"] = "Ada Lovelace", ["line1"] = line1, ["postalCode"] = postalCode, ["city"] = city, ["country"] = country });
        return id;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
