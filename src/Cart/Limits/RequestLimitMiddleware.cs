using Microsoft.Extensions.Options;
using ShopSession.Sessions;
using ShopSession.Web;
using ShopSession.Web.Errors;

namespace ShopSession.Cart.Limits;

/// <summary>Answers 429 when a visitor or an address asks too often. Stands behind routing and session, before the endpoint.</summary>
internal sealed class RequestLimitMiddleware(RequestDelegate next, RequestLimiter limiter, IOptions<RequestLimitOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            || context.GetEndpoint()?.Metadata.GetMetadata<LimitedAttribute>() is not { } limited
            || await limiter.CountAsync(limited.Kind, context.Features.Get<ISharedSession>()?.Handle?.Value, ClientAddress.Of(context), context.RequestAborted) is not { } reached)
        {
            await next(context);
            return;
        }

        var seconds = Math.Max(1, (int)Math.Ceiling(reached.RetryAfter.TotalSeconds));
        await (ShopProblems.TooManyRequests with
        {
            Detail = $"{Subject(limited.Kind)} from one visitor is limited to {reached.Limit} requests in {options.Value.Window.TotalSeconds:0} seconds. Nothing was changed; try again in {seconds} {(seconds == 1 ? "second" : "seconds")}.",
            RetryAfter = reached.RetryAfter,
            Extensions = new Dictionary<string, object?> { ["limit"] = reached.Limit },
        }).AsResult().ExecuteAsync(context);
    }

    private static string Subject(LimitedRequest kind) => kind switch
    {
        LimitedRequest.CartChange => "Changing the cart",
        LimitedRequest.Order => "Ordering",
        _ => "Looking for orders",
    };
}
