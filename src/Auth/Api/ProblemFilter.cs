using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>Turns the limits' exceptions into their problems, and keeps answers out of every cache.</summary>
internal sealed class ProblemFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            return await next(context);
        }
        catch (Exception error) when (AuthProblems.Of(error) is { } problem)
        {
            return problem.AsResult();
        }
    }
}
