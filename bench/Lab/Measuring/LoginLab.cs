using System.Diagnostics;
using System.Net;
using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>The ways in which a login travels, in a shop that allows each user one session: token, widened cookie, one login at a time.</summary>
internal sealed class LoginLab(LabOptions options)
{
    private static readonly string[] Foreign = ["shop.localhost.evil.example", "evilshop.localhost", "localhost"];

    public async Task<LoginResult> MeasureAsync(Way way, CancellationToken cancellationToken)
    {
        var plan = new ShopPlan(way, way.Policies[0], options.Replicas) { Siblings = 1, Spare = 0, Settings = new Dictionary<string, string> { ["Session__MaxPerUser"] = "1" } };
        await using var shop = await LabShop.StartAsync(plan, cancellationToken);
        using var browser = new Visitor(shop.GatewayPort, IPAddress.Loopback);
        await browser.SignInAsync(cancellationToken);
        var reached = await browser.CountKnownAsync(cancellationToken);
        var foreign = Foreign.Count(host => browser.Cookies.HeaderFor(host).Contains(Visitor.SessionCookie, StringComparison.Ordinal));
        var (tokenServices, tokenRefused) = await TokenAsync(shop, cancellationToken);
        var second = await new RefusalLab(shop).MeasureAsync(options.Times(50), (_, replica, user) => shop.NewClient().SignInAsync(replica, user, cancellationToken), cancellationToken);
        return new LoginResult
        {
            Under = Circumstances.Now(plan.Replicas, plan.Siblings, options.Quick),
            Services = LabShop.Services.Count,
            TokenServices = tokenServices,
            TokenRefused = tokenRefused,
            CookieServices = reached,
            ForeignHosts = foreign,
            SecondLogins = second.Count,
            FirstAlive = second.Never ? 1 : 0,
            FirstRefusedMedian = second.Median ?? throw new LabException("No session was known at every replica, so that none could be ended by a second sign-in."),
            FirstRefusedWorst = second.Worst!.Value,
        };
    }

    private static async Task<(int Services, double Refused)> TokenAsync(LabShop shop, CancellationToken cancellationToken)
    {
        using var client = new Visitor(shop.GatewayPort, IPAddress.Loopback);
        await client.SignInByTokenAsync(cancellationToken);
        if (client.Cookies.Names.Count > 0) throw new LabException("A sign-in by token set a cookie.");
        var known = await client.CountKnownAsync(cancellationToken);
        var witness = shop.NewClient(client.Bearer);
        if (!await RefusalLab.EveryAsync(shop.Addresses, witness, known: true, cancellationToken)) throw new LabException("The token was not known at every replica.");
        await client.SignOutAsync(cancellationToken);
        var since = Stopwatch.GetTimestamp();
        if (!await RefusalLab.EveryAsync(shop.Addresses, witness, known: false, cancellationToken)) throw new LabException("A signed-out token was still accepted after ten seconds.");
        return (known, Stopwatch.GetElapsedTime(since).TotalMilliseconds);
    }
}
