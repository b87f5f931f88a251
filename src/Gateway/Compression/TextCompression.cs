using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;

namespace ShopSession.Gateway.Compression;

/// <summary>
/// Compresses pages, style sheets, scripts and drawings on their way to the browser, in the one place that all of them pass. JSON is left alone: its answers are small and
/// their entity tags name exact bytes (<c>If-Match</c> of the cart). Event streams must not wait in a compressor.
/// </summary>
/// <remarks>
/// Also over https: what compression can leak (BREACH) is a secret that stands unchanged in page after page. The session's id is in no page, and anti-forgery tokens
/// are encrypted anew for each one.
/// </remarks>
internal static class TextCompression
{
    private static readonly string[] Types = ["text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/manifest+json", "application/xml"];

    public static void AddTextCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = Types;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        // The cheapest level takes most of the weight off; pages are made anew for each request.
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    public static void UseTextCompression(this IApplicationBuilder app)
    {
        app.Use(static (context, next) =>
        {
            context.Response.OnStarting(static state => WeakenEntityTag((HttpResponse)state), context.Response);
            return next(context);
        });
        app.UseResponseCompression();
    }

    // RFC 9110, 8.8.1: a strong tag promises the same bytes, which a compressed form does not have.
    private static Task WeakenEntityTag(HttpResponse response)
    {
        if (response.Headers.ContentEncoding.Count > 0 && EntityTagHeaderValue.TryParse(response.Headers.ETag.ToString(), out var tag) && !tag.IsWeak)
            response.Headers.ETag = new EntityTagHeaderValue(tag.Tag, isWeak: true).ToString();
        return Task.CompletedTask;
    }
}
