using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Harness;

/// <summary>Stands in for the cart service: what auth asks it about users.</summary>
internal sealed class FakeCart : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _forgotten = new();

    private FakeCart(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        builder.WebHost.UseUrls(Address);
        _app = builder.Build();
        _app.MapGet("/internal/users/{id}/export", (string id) => Results.Json(new { orders = new[] { new { orderId = "order-of-" + id } }, cart = new { count = 2 } }));
        _app.MapDelete("/internal/users/{id}", (string id) =>
        {
            if (_refusals.TryGetValue(id, out var times) && times > 0)
            {
                _refusals[id] = times - 1;
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }

            _forgotten.Enqueue(id);
            return Results.NoContent();
        });
    }

    public string Address { get; }

    public IReadOnlyCollection<string> Forgotten => _forgotten;

    /// <summary>Does not forget this user the first times it is asked to.</summary>
    public void Refuse(string user, int times) => _refusals[user] = times;

    public static async Task<FakeCart> StartAsync()
    {
        var cart = new FakeCart(FreePort.Next());
        await cart._app.StartAsync();
        return cart;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
