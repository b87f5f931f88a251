using Microsoft.AspNetCore.Mvc;
using ShopSession.Sessions;

namespace ShopSession.Web.CartSummary;

/// <summary>The cart in the header: its number and, to be unfolded, what is in it. A visitor without a session has no cart, so nobody is asked.</summary>
[ViewComponent(Name = "CartCount")]
public sealed class CartCountViewComponent(ICartSummary cart) : ViewComponent
{
    /// <summary>Renders the cart, without number and lines when there are none or they cannot be told.</summary>
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var mayHaveCart = HttpContext.Features.Get<ISharedSession>() is { } session
            ? session.Exists
            : HttpContext.User.Identity is { IsAuthenticated: true } || HttpContext.Request.Headers.Cookie.Count > 0;
        return View(mayHaveCart && await cart.ReadAsync(HttpContext, HttpContext.RequestAborted) is { } glance ? glance : CartGlance.Empty);
    }
}
