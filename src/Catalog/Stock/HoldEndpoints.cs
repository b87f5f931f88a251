using ShopSession.Sessions;
using ShopSession.Web.Errors;

namespace ShopSession.Catalog.Stock;

/// <summary>How the cart sets stock aside while an order is paid. Every call may be repeated.</summary>
internal static class HoldEndpoints
{
    private const int MaxLines = 200;
    private const int MaxQuantity = 10_000;
    private const int MaxSeconds = 3600;

    public static void MapStockHolds(this WebApplication app)
    {
        var holds = app.MapGroup("/internal/holds").DisableSharedSession();
        holds.MapPost("", HoldAsync);
        holds.MapPost("/{order:guid}/confirm", async (Guid order, StockHolds stock, CancellationToken cancellationToken) => Answer(await stock.ConfirmAsync(order, cancellationToken)));
        holds.MapPost("/{order:guid}/return", async (Guid order, StockHolds stock, CancellationToken cancellationToken) => Answer(await stock.ReturnAsync(order, cancellationToken)));
        holds.MapDelete("/{order:guid}", async (Guid order, StockHolds stock, CancellationToken cancellationToken) => Answer(await stock.ReleaseAsync(order, cancellationToken)));
    }

    private static async Task<IResult> HoldAsync(HoldRequest request, StockHolds stock, CancellationToken cancellationToken)
    {
        var errors = Check(request);
        if (errors.Count > 0) return ShopProblems.Invalid(errors).AsResult();
        // The same product on two lines is held together.
        var lines = request.Lines!.GroupBy(line => line.ProductId).ToDictionary(group => group.Key, group => group.Sum(line => line.Quantity));
        return await stock.HoldAsync(request.OrderId, lines, TimeSpan.FromSeconds(request.Seconds), cancellationToken) switch
        {
            HoldResult.Held held => TypedResults.Created($"/internal/holds/{held.OrderId}", new HoldAnswer(held.OrderId, held.ExpiresAt)),
            HoldResult.Short shortage => new ShopProblem("insufficient-stock", 409, "Not enough is left", "Fewer pieces are left than were asked for.")
            {
                Extensions = new Dictionary<string, object?> { ["shortages"] = shortage.Shortages },
            }.AsResult(),
            HoldResult.Differs differs => new ShopProblem("hold-differs", 409, "The order is already under way", differs.Reason).AsResult(),
            _ => throw new InvalidOperationException("A hold ended in no known way."),
        };
    }

    private static Dictionary<string, string[]> Check(HoldRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        if (request.OrderId == Guid.Empty) errors["orderId"] = ["Give the order's id."];
        if (request.Seconds is < 1 or > MaxSeconds) errors["seconds"] = [$"Hold for 1 to {MaxSeconds} seconds."];
        if (request.Lines is not { Count: > 0 and <= MaxLines }) errors["lines"] = [$"Give 1 to {MaxLines} lines."];
        else if (request.Lines.Any(line => line is null || line.Quantity is < 1 or > MaxQuantity)) errors["lines.quantity"] = [$"Hold 1 to {MaxQuantity} pieces of each product."];
        return errors;
    }

    private static IResult Answer(HoldChange change) => change switch
    {
        HoldChange.Done => TypedResults.NoContent(),
        HoldChange.Unknown => (ShopProblems.NotFound with { Detail = "There is no such hold." }).AsResult(),
        HoldChange.Expired => new ShopProblem("hold-expired", 409, "The hold is over", "Its pieces were given back. Hold them anew under a new order.").AsResult(),
        _ => new ShopProblem("hold-state", 409, "The hold is past that", "It was confirmed, or returned, before.").AsResult(),
    };

    internal sealed record HoldRequest(Guid OrderId, IReadOnlyList<HoldLine>? Lines, int Seconds);

    internal sealed record HoldLine(int ProductId, int Quantity);

    internal sealed record HoldAnswer(Guid OrderId, DateTimeOffset ExpiresAt);
}
