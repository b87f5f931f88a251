using Microsoft.AspNetCore.Http;

namespace ShopSession.Sessions.Stores.Jwt;

/// <summary>The public keys for whoever verifies tokens: <c>/.well-known/jwks.json</c> (RFC 7517).</summary>
internal sealed class JwksEndpoint(RequestDelegate next, JwtKeys keys)
{
    public const string Path = "/.well-known/jwks.json";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path != Path || !HttpMethods.IsGet(context.Request.Method)) return next(context);
        context.Response.Headers.CacheControl = "public, max-age=60";
        return context.Response.WriteAsJsonAsync(new { keys = keys.All.OrderBy(key => key.CreatedAt).Select(key => key.ToJwk()).ToArray() }, context.RequestAborted);
    }
}
