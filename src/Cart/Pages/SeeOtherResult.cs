using Microsoft.AspNetCore.Mvc;

namespace ShopSession.Cart.Pages;

/// <summary>303: what was posted was done, look there. Reloading the page then repeats nothing.</summary>
internal sealed class SeeOtherResult(string url) : ActionResult
{
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.HttpContext.Response.Headers.Location = url;
    }
}
