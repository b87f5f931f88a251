using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>Users behind one address: which part of their requests does the busiest replica get?</summary>
internal sealed class SkewLab(LabShop shop, int users)
{
    private const int AtOnce = 8;
    private static readonly IPAddress Office = new([127, 0, 2, 1]);

    public async Task<double> MeasureAsync(CancellationToken cancellationToken)
    {
        var replicas = new ConcurrentDictionary<string, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, AtOnce), cancellationToken, async (_, token) =>
        {
            using var browser = new Visitor(shop.GatewayPort, Office);
            for (var user = 0; user < users / AtOnce; user++)
            {
                // A session that no replica knows: only where the request goes is looked at.
                browser.Cookies.Put(Visitor.SessionCookie, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), LabShop.Domain);
                await browser.LookAsync("auth", token);
                browser.Cookies.Clear();
                replicas.AddOrUpdate(browser.Replica, 1, (_, count) => count + 1);
            }
        });
        return replicas.Values.Max() / (double)replicas.Values.Sum();
    }
}
