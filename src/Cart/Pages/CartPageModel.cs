using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Cart.Api;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Views;
using ShopSession.Web.Errors;

namespace ShopSession.Cart.Pages;

/// <summary>A page that shows the cart, and says above it what was refused.</summary>
internal abstract class CartPageModel(CartService carts, CartViews views) : PageModel
{
    public CartView Cart { get; private set; } = CartView.Empty;

    public ShopProblem? Problem { get; private set; }

    protected CartService Carts => carts;

    protected async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        Cart = await views.ShowAsync(await carts.ShowAsync(HttpContext, cancellationToken), cancellationToken);
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    /// <summary>Does what a form asked for and leads on; a refusal shows the cart as it is now, with the reason.</summary>
    protected async Task<IActionResult> DoAsync(Func<Task> change, string next, CancellationToken cancellationToken)
    {
        try
        {
            await change();
            return new SeeOtherResult(next);
        }
        catch (Exception exception) when (CartProblems.Of(exception) is not null)
        {
            return await RefuseAsync(CartProblems.Of(exception)!, cancellationToken);
        }
    }

    private async Task<IActionResult> RefuseAsync(ShopProblem problem, CancellationToken cancellationToken)
    {
        Problem = problem;
        Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } wait) Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return await ShowAsync(cancellationToken);
    }
}
