using ShopSession.Gateway.Errors;

namespace ShopSession.Gateway.Guards;

/// <summary>Refuses what Kestrel lets pass and a stricter reader would understand differently, and the methods that nobody here needs.</summary>
internal sealed class FramingMiddleware(RequestDelegate next, ErrorResponder errors)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsTrace(request.Method) || HttpMethods.IsConnect(request.Method)) return errors.WriteAsync(context, GatewayError.MethodRefused);

        // Kestrel renames Content-Length so when Transfer-Encoding stands beside it (RFC 9112 §6.1: ought to be handled as an error).
        var twoLengths = request.Headers.ContainsKey("X-Content-Length");
        var chunkedBefore11 = request.Headers.TransferEncoding.Count > 0 && HttpProtocol.IsHttp10(request.Protocol);
        if (!twoLengths && !chunkedBefore11) return next(context);

        context.Response.Headers.Connection = "close";
        return errors.WriteAsync(context, GatewayError.BadRequest(StatusCodes.Status400BadRequest));
    }
}
