using Microsoft.AspNetCore.Mvc.Filters;

namespace ShopSession.Auth.Pages;

/// <summary>
/// For pages whose address is a secret: no other origin gets it as the referrer. Not <c>no-referrer</c>, under which browsers send <c>Origin: null</c> with the
/// page's own form, and the origin check refuses that.
/// </summary>
internal sealed class SameOriginReferrerAttribute : ResultFilterAttribute
{
    public override void OnResultExecuting(ResultExecutingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.HttpContext.Response.Headers["Referrer-Policy"] = "same-origin";
    }
}
