using Microsoft.AspNetCore.Mvc;
using ShopSession.Sessions;

namespace ShopSession.Web.CartSummary;

/// <summary>The number on the cart in the header. A visitor without a session has no cart, so nobody is asked.</summary>
[ViewComponent(Name = "CartCount")]
public sealed class CartCountViewComponent(ICartSummary cart) : ViewComponent
{
    /// <summary>Renders the count, or nothing when there is none or it cannot be told.</summary>
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var mayHaveCart = HttpContext.Features.Get<ISharedSession>() is { } session
            ? session.Exists
            : HttpContext.User.Identity is { IsAuthenticated: true } || HttpContext.Request.Headers.Cookie.Count > 0;
        return View(mayHaveCart ? await cart.CountAsync(HttpContext, HttpContext.RequestAborted) : null);
    }
}
