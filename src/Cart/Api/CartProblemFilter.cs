using ShopSession.Cart.Carts;
using ShopSession.Cart.Views;

namespace ShopSession.Cart.Api;

/// <summary>Answers refusals of the cart with their problem; a version conflict brings the current cart along.</summary>
internal sealed class CartProblemFilter(CartViews views) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (CartProblems.Of(exception) is not null)
        {
            var problem = CartProblems.Of(exception)!;
            if (exception is CartVersionException conflict)
            {
                var cart = await views.ShowAsync(conflict.Current, context.HttpContext.RequestAborted);
                problem = problem with { Extensions = new Dictionary<string, object?> { ["cart"] = CartResponse.Of(cart) } };
            }
            return problem.AsResult();
        }
    }
}
