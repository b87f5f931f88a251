using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ShopSession.Web.Errors;

/// <summary>Writes a problem as the answer of an endpoint.</summary>
internal sealed class ShopProblemResult(ShopProblem problem) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => problem.Status;

    public Task ExecuteAsync(HttpContext httpContext) => httpContext.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(httpContext, problem);
}
