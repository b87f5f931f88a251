using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ShopSession.Sessions.Transports.Url;

/// <summary>The client keeps nothing: each page's links carry the id on, put there by <see cref="UrlRewritingMiddleware"/> when the page is finished.</summary>
internal sealed class UrlCarrier(IOptions<SharedSessionOptions> options) : ISessionCarrier
{
    public bool IsWhole => false;

    public PresentedIds Read(HttpRequest request) => PresentedIds.OfUrl(request, options.Value.UrlParameter);

    public string TokenOf(SessionId id, SessionRecord record) => id.Reveal();

    public void Set(HttpContext context, SessionId id, SessionRecord record, DateTimeOffset now) => context.Response.Headers.CacheControl = "no-store";

    public void Clear(HttpContext context) => context.Response.Headers.CacheControl = "no-store";
}
