using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShopSession.Web.Errors;

/// <summary>Turns exceptions and empty error responses into problems. Stands before everything that may fail.</summary>
internal sealed partial class ErrorHandlingMiddleware(RequestDelegate next, ProblemWriter problems, ILogger<ErrorHandlingMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The visitor went away; nobody reads an answer. 499 is what proxies log for it.
            if (!context.Response.HasStarted) context.Response.StatusCode = 499;
            return;
        }
        // Everything that was not handled ends here, or the visitor would get an empty answer.
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var problem = ExceptionProblems.Of(exception);
            if (problem.Status >= 500) LogFailed(logger, exception, context.Request.Method, context.Request.Path, problem.Status);
            else LogRefused(logger, context.Request.Method, context.Request.Path, problem.Status, exception.Message);
            Clear(context.Response);
            await problems.WriteAsync(context, problem);
            return;
        }

        var response = context.Response;
        if (response.StatusCode < 400 || response.HasStarted || response.ContentLength is > 0 || !string.IsNullOrEmpty(response.ContentType)) return;
        await problems.WriteAsync(context, Known(context) ?? ShopProblems.OfStatus(response.StatusCode));
    }

    /// <summary>What a filter, or middleware that answered for an exception by itself (the session's does), knows about the failure.</summary>
    private static ShopProblem? Known(HttpContext context)
    {
        if (context.Items.TryGetValue(typeof(ShopProblem), out var known)) return known as ShopProblem;
        return context.Features.Get<IExceptionHandlerFeature>()?.Error is { } error && ExceptionProblems.Of(error) is var problem && problem.Status == context.Response.StatusCode ? problem : null;
    }

    /// <summary>What was prepared for the success is not sent with the failure; cookies that end a session are.</summary>
    private static void Clear(HttpResponse response)
    {
        var cookies = response.Headers.SetCookie;
        var cors = response.Headers.Where(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) || header.Key == "Vary").ToArray();
        response.Clear();
        response.Headers.SetCookie = cookies;
        foreach (var (name, value) in cors) response.Headers[name] = value;
    }

    [LoggerMessage(2101, LogLevel.Error, "{Method} {Path} failed and is answered with {Status}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method, PathString path, int status);

    [LoggerMessage(2102, LogLevel.Information, "{Method} {Path} is answered with {Status}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string method, PathString path, int status, string reason);
}
