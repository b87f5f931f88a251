using System.Collections.Frozen;

namespace ShopSession.Sessions.Configuration;

/// <summary>
/// Multi-label suffixes under which anyone can register. Not the whole Public Suffix List, which changes weekly and belongs to browsers: the common registries and
/// hosting platforms, which is where the mistake is made. A suffix missing here is caught by the browser all the same, which drops the cookie.
/// </summary>
internal static class PublicSuffixes
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "ac.uk", "co.uk", "gov.uk", "ltd.uk", "me.uk", "net.uk", "org.uk", "plc.uk", "sch.uk",
        "com.au", "edu.au", "gov.au", "id.au", "net.au", "org.au",
        "ac.nz", "co.nz", "geek.nz", "net.nz", "org.nz",
        "ac.jp", "co.jp", "go.jp", "ne.jp", "or.jp",
        "com.br", "net.br", "org.br", "com.ar", "com.mx", "com.co", "com.pe", "com.uy", "com.ve",
        "com.cn", "edu.cn", "gov.cn", "net.cn", "org.cn", "com.hk", "com.tw", "org.tw",
        "co.in", "firm.in", "gen.in", "net.in", "org.in", "co.kr", "or.kr", "com.my", "com.sg", "com.ph", "com.vn", "co.id", "co.th",
        "co.za", "org.za", "com.ng", "co.ke", "com.eg", "co.il", "org.il", "com.tr", "com.sa", "com.pk", "com.ua", "com.pl", "co.at", "or.at", "com.es", "com.pt", "com.gr",
        "github.io", "gitlab.io", "pages.dev", "workers.dev", "vercel.app", "netlify.app", "web.app", "firebaseapp.com", "appspot.com", "run.app",
        "azurewebsites.net", "azurestaticapps.net", "cloudapp.net", "cloudfront.net", "elasticbeanstalk.com", "herokuapp.com", "herokussl.com",
        "fly.dev", "onrender.com", "up.railway.app", "repl.co", "glitch.me", "ngrok.io", "ngrok.app", "blogspot.com", "wordpress.com", "myshopify.com",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string domain) => Known.Contains(domain);
}
