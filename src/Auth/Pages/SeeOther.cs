using Microsoft.AspNetCore.Mvc;

namespace ShopSession.Auth.Pages;

/// <summary>303: what follows a form is always fetched with GET. The address has been checked by whoever makes this.</summary>
internal sealed class SeeOther(string address) : ActionResult
{
    public override void ExecuteResult(ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.HttpContext.Response.Headers.Location = address;
    }
}
