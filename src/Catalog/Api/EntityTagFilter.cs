using System.Security.Cryptography;
using System.Text.Json;

namespace ShopSession.Catalog.Api;

/// <summary>
/// Lets clients keep a JSON answer and ask whether it still holds: it is sent with a tag of its content, and 304 without a body when the
/// client has it already. Stock changes at any time, so nothing is kept without asking.
/// </summary>
internal sealed class EntityTagFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (result is not IValueHttpResult { Value: { } value } || result is not IStatusCodeHttpResult { StatusCode: 200 }) return result;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), JsonSerializerOptions.Web);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
        var headers = context.HttpContext.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = "no-cache";
        if (context.HttpContext.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Any(known => known == tag || known == "W/" + tag || known == "*")) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Bytes(body, "application/json; charset=utf-8");
    }
}
