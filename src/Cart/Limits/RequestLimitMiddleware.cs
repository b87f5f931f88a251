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
            Detail = $"{Limit(limited.Kind, reached.Limit, options.Value.Window.TotalSeconds)} {(seconds == 1 ? T["Nothing was changed; try again in 1 second."] : T[$"Nothing was changed; try again in {seconds} seconds."])}",
            RetryAfter = reached.RetryAfter,
            Extensions = new Dictionary<string, object?> { ["limit"] = reached.Limit },
        }).AsResult().ExecuteAsync(context);
    }

    private static string Limit(LimitedRequest kind, int requests, double seconds) => kind switch
    {
        LimitedRequest.CartChange => T[$"Changing the cart from one visitor is limited to {requests} requests in {seconds:0} seconds."],
        LimitedRequest.Order => T[$"Ordering from one visitor is limited to {requests} requests in {seconds:0} seconds."],
        _ => T[$"Looking for orders from one visitor is limited to {requests} requests in {seconds:0} seconds."],
    };
}
