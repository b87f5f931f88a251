using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>The runner's page: one document with its style and script inside, which may load nothing from anywhere else.</summary>
internal static class DashboardPage
{
    public static void Map(WebApplication app, string title)
    {
        var style = Read("page.css");
        var script = Read("page.js") + Read("page.panel.js");
        var html = Encoding.UTF8.GetBytes(Read("page.html")
            .Replace("{{title}}", WebUtility.HtmlEncode(title), StringComparison.Ordinal)
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal));
        var policy = $"default-src 'none'; style-src 'sha256-{Hash(style)}'; script-src 'sha256-{Hash(script)}'; connect-src 'self'; "
            + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        app.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            return Results.Bytes(html, "text/html; charset=utf-8");
        });
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Dashboard.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // Browsers hash what they have read, and they read every line end as one.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
