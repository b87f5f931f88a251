using System.Security.Claims;

namespace ShopSession.Catalog.Administration;

/// <summary>What an administrator changed at a product. Rows are only ever added, in the transaction that made the change.</summary>
public sealed class ProductChange
{
    public Guid Id { get; init; }

    public int ProductId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The administrator's account.</summary>
    public required string Actor { get; init; }

    public string? ActorName { get; init; }

    /// <summary>What was changed: <c>name</c>, <c>price</c>, <c>summary</c>, <c>description</c> (and the three with <c>chinese-</c> before them), <c>stock</c>, <c>sold</c>, or added: <c>product</c>, <c>size</c>.</summary>
    public required string Field { get; init; }

    public required string Before { get; init; }

    public required string After { get; init; }

    /// <summary>Why, in the administrator's words.</summary>
    public string? Reason { get; init; }

    /// <summary>Names the press of the button, unique: a stock adjustment that is sent twice counts once.</summary>
    public string? Key { get; init; }

    /// <summary>What this administrator does now.</summary>
    public static ProductChange Of(int product, ClaimsPrincipal actor, DateTimeOffset now, string field, string before, string after, string? reason = null, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return new ProductChange
        {
            Id = Guid.CreateVersion7(now),
            ProductId = product,
            At = now,
            Actor = actor.FindFirstValue(ClaimTypes.NameIdentifier) ?? "",
            ActorName = actor.Identity?.Name,
            Field = field,
            Before = before,
            After = after,
            Reason = reason,
            Key = key,
        };
    }
}
