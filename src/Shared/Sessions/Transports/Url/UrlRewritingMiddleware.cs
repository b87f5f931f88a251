using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.Http;

namespace ShopSession.Sessions.Transports.Url;

/// <summary>
/// Carries the id on where no cookie does: puts it into the links, forms and redirects of every finished page. The page is held back until the session is stored, since only then its id is
/// known. For the lab: a page is in memory once more, and nothing of it leaves before its end.
/// </summary>
internal sealed class UrlRewritingMiddleware(RequestDelegate next, IOptions<SharedSessionOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // First registered, last run: the session may be stored, and so be made, by the callback of the session itself.
        context.Response.OnStarting(() =>
        {
            if (context.Response.Headers.Location is [{ Length: > 0 } location]) context.Response.Headers.Location = Addresses(context).Put(location);
            return Task.CompletedTask;
        });
        var outer = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var buffer = new PageBuffer(context.Response, outer.Stream);
        var body = new StreamResponseBodyFeature(buffer, outer);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(context).ConfigureAwait(false);
            await body.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            context.Features.Set(outer);
        }

        if (buffer.Page is { } page) await SendAsync(context, outer, page).ConfigureAwait(false);
    }

    private async Task SendAsync(HttpContext context, IHttpResponseBodyFeature body, MemoryStream page)
    {
        var response = context.Response;
        response.ContentLength = null;
        // The page carries the id: no cache may keep it.
        response.Headers.CacheControl = "no-store";
        await body.StartAsync(context.RequestAborted).ConfigureAwait(false);
        var html = LinkRewriter.Rewrite(Encoding.UTF8.GetString(page.GetBuffer(), 0, (int)page.Length), Addresses(context), context.Request.GetEncodedPathAndQuery());
        await body.Stream.WriteAsync(Encoding.UTF8.GetBytes(html), context.RequestAborted).ConfigureAwait(false);
    }

    private OwnAddresses Addresses(HttpContext context) =>
        new(options.Value.UrlParameter, (context.Features.Get<ISharedSession>() as SharedSession)?.IdForLinks?.Reveal(), options.Value.Siblings, context.Request.Host);
}
