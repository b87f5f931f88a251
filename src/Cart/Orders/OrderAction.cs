using System.Security.Claims;

namespace ShopSession.Cart.Orders;

/// <summary>What somebody did with a placed order. Rows are only ever added, in the transaction that did it. Stored by EF Core.</summary>
internal sealed class OrderAction
{
    public Guid Id { get; set; }

    public Guid OrderId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>See <see cref="OrderActor.Id"/>.</summary>
    public string Actor { get; set; } = "";

    public string? ActorName { get; set; }

    /// <summary>The order's state before, as <see cref="OrderState"/> names it.</summary>
    public string Before { get; set; } = "";

    public string After { get; set; } = "";

    /// <summary>Why, in the actor's words.</summary>
    public string? Note { get; set; }
}

/// <summary>Who does something with an order.</summary>
/// <param name="Role"><c>customer</c> or <c>shop</c>; part of the JSON API.</param>
/// <param name="Id">The role, and for the shop the administrator's account.</param>
/// <param name="Name">An administrator's name. A customer's is not written down here: they may want to be forgotten.</param>
internal sealed record OrderActor(string Role, string Id, string? Name)
{
    public const string Shop = "shop";

    public static OrderActor Customer { get; } = new("customer", "customer", null);

    public static OrderActor Administrator(ClaimsPrincipal user) =>
        new(Shop, $"{Shop}:{user.FindFirstValue(ClaimTypes.NameIdentifier)}", user.Identity?.Name);
}
