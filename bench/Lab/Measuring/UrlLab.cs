using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>The id in the address: whether it does without cookies, and who else gets in by it.</summary>
internal sealed partial class UrlLab(LabOptions options)
{
    private const string Parameter = "sid";

    // The limit that the session promises for hearing of a sign-out.
    private static readonly TimeSpan Heard = TimeSpan.FromSeconds(2);

    public async Task<UrlResult> MeasureAsync(Way way, CancellationToken cancellationToken)
    {
        var plan = new ShopPlan(way, way.Policies[0], options.Replicas) { Siblings = 1, Spare = 0, Settings = new Dictionary<string, string> { ["Session__Transport"] = "url" } };
        await using var shop = await LabShop.StartAsync(plan, cancellationToken);
        using var owner = new Visitor(shop.GatewayPort, IPAddress.Loopback);
        await owner.SignInByTokenAsync(cancellationToken);
        var id = IdOf(owner);
        using var reader = new Visitor(shop.GatewayPort, IPAddress.Loopback) { Query = id };
        var known = await reader.CountKnownAsync(cancellationToken);
        var (page, policy) = await reader.PageAsync("catalog", "/products", cancellationToken);
        var links = OwnLink().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
        var (strangers, afterSignOut) = await ShareAsync(shop, cancellationToken);
        return new UrlResult
        {
            Under = Circumstances.Now(plan.Replicas, plan.Siblings, options.Quick),
            Services = LabShop.Services.Count,
            KnownServices = known,
            SessionCookies = owner.Cookies.Names.Concat(reader.Cookies.Names).Count(name => name == Visitor.SessionCookie),
            OwnLinks = links.Count,
            LinksWithId = links.Count(link => link.Contains(id, StringComparison.Ordinal)),
            AddressBytes = id.Length + 1,
            ReferrerPolicy = policy,
            Shared = options.Logins,
            Strangers = strangers,
            StrangersAfterSignOut = afterSignOut,
        };
    }

    /// <summary>Owners pass an address on, and sign out.</summary>
    private async Task<(int Strangers, int AfterSignOut)> ShareAsync(LabShop shop, CancellationToken cancellationToken)
    {
        var (strangers, afterSignOut) = (0, 0);
        for (var i = 0; i < options.Logins; i++)
        {
            using var owner = new Visitor(shop.GatewayPort, IPAddress.Loopback);
            await owner.SignInByTokenAsync(cancellationToken);
            using var stranger = new Visitor(shop.GatewayPort, IPAddress.Parse("127.0.9.9")) { Query = IdOf(owner) };
            await stranger.LookAsync("catalog", cancellationToken);
            if (stranger.IsSignedIn) strangers++;
            await owner.SignOutAsync(cancellationToken);
            var since = Stopwatch.GetTimestamp();
            do await stranger.LookAsync("catalog", cancellationToken);
            while (stranger.IsSignedIn && Stopwatch.GetElapsedTime(since) < Heard);
            if (stranger.IsSignedIn) afterSignOut++;
        }

        return (strangers, afterSignOut);
    }

    // What a page's links carry is the id that a token is.
    private static string IdOf(Visitor owner) => $"{Parameter}={Uri.EscapeDataString(owner.Bearer ?? throw new LabException("The sign-in gave no token."))}";

    [GeneratedRegex($"<a [^>]*href=\"(/[^\"]*|https?://(?:[a-z]+\\.)?{LabShop.Domain}[:/?\"][^\"]*)\"")]
    private static partial Regex OwnLink();
}
