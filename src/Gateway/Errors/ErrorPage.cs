using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using ShopSession.Web.Localization;

namespace ShopSession.Gateway.Errors;

/// <summary>
/// The gateway's one page, in the shop's colours. It brings its style along, since the services that serve the shop's own may be what is
/// missing, and follows the system's theme.
/// </summary>
internal static class ErrorPage
{
    private const string Style =
        """
        :root{color-scheme:light dark;--ground:#f1f4f1;--surface:#fff;--ink:#10272f;--ink-2:#48606a;--link:#0a5a6c;--line:#d3dcd9;font:1rem/1.6 "Seravek","Segoe UI",Ubuntu,Cantarell,"Noto Sans","Liberation Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif}
        @media (prefers-color-scheme:dark){:root{--ground:#0b1a20;--surface:#12272f;--ink:#eaf1ee;--ink-2:#a5b8bc;--link:#86d6e2;--line:#264049}}
        body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--ground);color:var(--ink)}
        header{background:#10272f;color:#f7faf8;padding:1rem clamp(1rem,.4rem + 2.6vw,2.25rem);font:600 1.35rem Rockwell,"Roboto Slab","DejaVu Serif",Georgia,serif;border-bottom:.35rem solid #ffcf33}
        main{box-sizing:border-box;width:min(38rem,100% - 2rem);margin:auto;padding:2.25rem clamp(1.25rem,5vw,2.25rem);background:var(--surface);border:1px solid var(--line);border-radius:12px}
        .status{margin:0;color:var(--ink-2)}
        h1{margin:.25rem 0 1rem;font:600 clamp(1.7rem,1.35rem + 1.7vw,2.5rem)/1.15 Rockwell,"Roboto Slab","DejaVu Serif",Georgia,serif;text-wrap:balance}
        a{color:var(--link)}
        """;

    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="error">What to say.</param>
    /// <param name="reloadAfter">After how many seconds the page asks again by itself; <see langword="null"/>: never.</param>
    /// <param name="home">The storefront; <see langword="null"/>: the reader is not on one of the shop's hosts.</param>
    /// <param name="language">In which language.</param>
    public static string Render(GatewayError error, int? reloadAfter, string? home, Language language)
    {
        var isChinese = language == Language.SimplifiedChinese;
        var said = isChinese ? ChineseErrors.Of(error) : error;
        var reload = reloadAfter is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"<meta http-equiv=\"refresh\" content=\"{seconds}\">") : "";
        var brand = home is null ? "" : "<header>Holdfast</header>";
        var link = home is null ? "" : $"<p><a href=\"{HtmlEncoder.Default.Encode(home)}\">{(isChinese ? ChineseErrors.ToTheStorefront : "To the storefront")}</a></p>";
        return $"""
            <!doctype html>
            <html lang="{language.Name}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{reload}<title>{said.Title}</title><style>{Style}</style></head>
            <body>{brand}<main><p class="status">{error.Status.ToString(CultureInfo.InvariantCulture)}</p><h1>{said.Title}</h1><p>{said.Detail}</p>{link}</main></body>
            </html>
            """;
    }
}
