using ShopSession.Cart.Orders;
using ShopSession.Cart.Pages.Admin;
using ShopSession.Web.Errors;
using ShopSession.Web.Security;

namespace ShopSession.Cart.Api;

/// <summary>What the administration's pages do with orders, as JSON, for who has the role.</summary>
internal static class AdminOrderEndpoints
{
    public static void MapOrderAdministration(this IEndpointRouteBuilder app)
    {
        var orders = app.MapAdministration("/orders").AddEndpointFilter<CartProblemFilter>();
        orders.MapGet("", ListAsync);
        orders.MapGet("/{id:guid}", async (Guid id, OrderQueries queries, CancellationToken cancellationToken) =>
            await queries.FindAsync(OrderViewer.Shop, id, cancellationToken) is { } order ? TypedResults.Ok(OrderResponse.Of(order)) : CartProblems.OrderNotFound.AsResult());
        orders.MapPost("/{id:guid}/advance", AdvanceAsync);
        orders.MapPost("/{id:guid}/cancel", CancelAsync);
        orders.MapGet("/{id:guid}/log", LogAsync);
    }

    private static async Task<IResult> ListAsync(string? status, string? search, string? page, string? pageSize, OrderQueries orders, CancellationToken cancellationToken)
    {
        var filter = OrderFilter.Read(status, search, out var wrong);
        if (wrong is not null) return ShopProblems.Invalid(filter.Search is null && !string.IsNullOrWhiteSpace(search) ? "search" : "status", wrong).AsResult();
        var number = CartInput.Range("page", page, 1, 1, 1_000_000);
        var size = CartInput.Range("pageSize", pageSize, 20, 1, OrderQueries.MaxPageSize);
        var (list, total) = await orders.ListAsync(OrderViewer.Shop, number, size, cancellationToken, filter.Apply);
        return TypedResults.Ok(new PageResponse<OrderSummaryResponse>([.. list.Select(OrderSummaryResponse.Of)], total, number, size));
    }

    /// <summary>200 with the order as it is now; 409 when it is no longer in the state that was seen.</summary>
    private static async Task<IResult> AdvanceAsync(Guid id, AdvanceRequest body, HttpContext context, OrderQueries orders, OrderTransitions transitions, CancellationToken cancellationToken)
    {
        var seen = OrderFilter.States.GetValueOrDefault(body.Status ?? "")?.Where(state => state.Next() is not null).ToArray() ?? [];
        if (seen is not [var from]) return ShopProblems.Invalid("status", "Give the order's status as you read it, one from which it goes on.").AsResult();
        if (OrderNote.Problem(body.Note, isNeeded: false) is { } problem) return ShopProblems.Invalid("note", problem).AsResult();
        if (await orders.FindAsync(OrderViewer.Shop, id, cancellationToken) is null) return CartProblems.OrderNotFound.AsResult();
        if (!await transitions.TryAsync(id, from, from.Next()!.Value, OrderActor.Administrator(context.User), OrderNote.Text(body.Note), cancellationToken)) return CartProblems.OrderChanged.AsResult();
        return TypedResults.Ok(OrderResponse.Of((await orders.FindAsync(OrderViewer.Shop, id, cancellationToken))!));
    }

    private static async Task<IResult> CancelAsync(Guid id, CancelRequest body, HttpContext context, OrderQueries orders, OrderCancellation cancellation, CancellationToken cancellationToken)
    {
        if (OrderNote.Problem(body.Note, isNeeded: true) is { } problem) return ShopProblems.Invalid("note", problem).AsResult();
        if (await orders.FindAsync(OrderViewer.Shop, id, cancellationToken) is null) return CartProblems.OrderNotFound.AsResult();
        return TypedResults.Ok(OrderResponse.Of(await cancellation.CancelAsync(id, OrderActor.Administrator(context.User), OrderNote.Text(body.Note), cancellationToken)));
    }

    private static async Task<IResult> LogAsync(Guid id, OrderQueries orders, OrderLog log, CancellationToken cancellationToken)
    {
        if (await orders.FindAsync(OrderViewer.Shop, id, cancellationToken) is null) return CartProblems.OrderNotFound.AsResult();
        return TypedResults.Ok((await log.OfAsync(id, cancellationToken)).Select(action => new OrderActionResponse(action.At, action.Actor, action.ActorName, action.Before, action.After, action.Note)));
    }

    /// <param name="Status">The status that was seen.</param>
    /// <param name="Note">Why; may be left out.</param>
    internal sealed record AdvanceRequest(string? Status, string? Note);

    internal sealed record CancelRequest(string? Note);

    internal sealed record OrderActionResponse(DateTimeOffset At, string Actor, string? ActorName, string Before, string After, string? Note);
}
