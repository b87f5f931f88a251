using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;

namespace ShopSession.Web.Errors;

/// <summary>
/// Renders the error page in place, without sending the request through the pipeline a second time: what failed there (the session
/// store, say) would fail again.
/// </summary>
internal sealed class ErrorPage(IModelMetadataProvider metadata)
{
    public Task WriteAsync(HttpContext context, ShopProblem problem)
    {
        var view = new ViewResult
        {
            ViewName = "/Pages/Shared/_Error.cshtml",
            StatusCode = problem.Status,
            ViewData = new ViewDataDictionary<ShopProblem>(new ViewDataDictionary(metadata, new ModelStateDictionary()), problem),
        };
        return view.ExecuteResultAsync(new ActionContext(context, new RouteData(), new ActionDescriptor()));
    }
}
