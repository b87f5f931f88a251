using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ShopSession.Web.Errors;

/// <summary>Lets the error page say that a form was too old, instead of a bare 400.</summary>
internal sealed class AntiforgeryProblemFilter : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult) context.HttpContext.Items[typeof(ShopProblem)] = ShopProblems.FormExpired;
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
