using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ShopSession.Cart.Tests.Hosting;

/// <summary>The Catalog's holds: exact, repeatable, with a hook before and after each call for faults.</summary>
public sealed class FakeStock(ConcurrentDictionary<int, FakeProduct> products)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, FakeHold> _holds = [];
    private readonly HashSet<Guid> _returned = [];

    /// <summary>Called with the step's name, such as <c>before hold</c> or <c>after confirm</c>.</summary>
    public Func<string, Task> At { get; set; } = _ => Task.CompletedTask;

    public int OpenHolds
    {
        get
        {
            lock (_lock) return _holds.Values.Count(hold => !hold.Confirmed);
        }
    }

    /// <summary>How many pieces of the product were taken for good.</summary>
    public int Sold(int product)
    {
        lock (_lock) return _holds.Values.Where(hold => hold.Confirmed).SelectMany(hold => hold.Lines).Where(line => line.ProductId == product).Sum(line => line.Quantity);
    }

    /// <summary>Lets every open hold expire.</summary>
    public void ExpireAll()
    {
        lock (_lock)
        {
            foreach (var (order, hold) in _holds.Where(entry => !entry.Value.Confirmed).ToArray()) Release(order, hold);
        }
    }

    internal void Map(WebApplication app)
    {
        app.MapPost("/internal/holds", (HoldRequest request) => StepAsync("hold", () => Hold(request)));
        app.MapPost("/internal/holds/{order:guid}/confirm", (Guid order) => StepAsync("confirm", () => Confirm(order)));
        app.MapPost("/internal/holds/{order:guid}/return", (Guid order) => StepAsync("return", () => Return(order)));
        app.MapDelete("/internal/holds/{order:guid}", (Guid order) => StepAsync("release", () => Release(order)));
    }

    private async Task<IResult> StepAsync(string name, Func<IResult> step)
    {
        await At($"before {name}");
        var result = step();
        await At($"after {name}");
        return result;
    }

    private IResult Hold(HoldRequest request)
    {
        lock (_lock)
        {
            if (_holds.TryGetValue(request.OrderId, out var known)) return Results.Created((string?)null, new { request.OrderId, known.ExpiresAt });
            var shortages = request.Lines
                .Where(line => products.GetValueOrDefault(line.ProductId) is not { } product || product.Stock < line.Quantity)
                .Select(line => new { line.ProductId, Requested = line.Quantity, Available = products.GetValueOrDefault(line.ProductId)?.Stock ?? 0 })
                .ToArray();
            if (shortages.Length > 0)
            {
                return Results.Problem(
                    statusCode: 409, type: "https://shop.localhost/problems/insufficient-stock",
                    extensions: new Dictionary<string, object?> { ["shortages"] = shortages });
            }
            foreach (var line in request.Lines) Move(line, -line.Quantity);
            var hold = new FakeHold(request.Lines, DateTimeOffset.UtcNow.AddSeconds(request.Seconds));
            _holds[request.OrderId] = hold;
            return Results.Created((string?)null, new { request.OrderId, hold.ExpiresAt });
        }
    }

    private IResult Confirm(Guid order)
    {
        lock (_lock)
        {
            if (!_holds.TryGetValue(order, out var hold)) return Results.NotFound();
            hold.Confirmed = true;
            return Results.NoContent();
        }
    }

    private IResult Return(Guid order)
    {
        lock (_lock)
        {
            if (_returned.Contains(order)) return Results.NoContent();
            if (!_holds.TryGetValue(order, out var hold) || !hold.Confirmed) return Results.NotFound();
            Release(order, hold);
            _returned.Add(order);
            return Results.NoContent();
        }
    }

    private IResult Release(Guid order)
    {
        lock (_lock)
        {
            if (_holds.TryGetValue(order, out var hold) && !hold.Confirmed) Release(order, hold);
            return Results.NoContent();
        }
    }

    private void Release(Guid order, FakeHold hold)
    {
        foreach (var line in hold.Lines) Move(line, line.Quantity);
        _holds.Remove(order);
    }

    private void Move(HoldLine line, int by) => products[line.ProductId] = products[line.ProductId] with { Stock = products[line.ProductId].Stock + by };

    internal sealed record HoldRequest(Guid OrderId, HoldLine[] Lines, int Seconds);

    internal sealed record HoldLine(int ProductId, int Quantity);

    private sealed class FakeHold(HoldLine[] lines, DateTimeOffset expiresAt)
    {
        public HoldLine[] Lines { get; } = lines;

        public DateTimeOffset ExpiresAt { get; } = expiresAt;

        public bool Confirmed { get; set; }
    }
}
