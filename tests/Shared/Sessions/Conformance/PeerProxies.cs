using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Conformance;

/// <summary>Replicas that copy sessions to one another, each behind a proxy that can keep their messages back.</summary>
internal sealed class PeerProxies : INews, IAsyncDisposable
{
    public const string Key = "a key that the tests' replicas share";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly int[] _ports;
    private readonly TcpProxy[] _proxies;

    public PeerProxies(int replicas)
    {
        _ports = [.. Enumerable.Range(0, replicas).Select(_ => FreePort.Next())];
        _proxies = [.. _ports.Select(TcpProxy.Start)];
    }

    public IReadOnlyList<TcpProxy> Proxies => _proxies;

    /// <summary>Starts the replica of this number. All know all, also themselves.</summary>
    public Task<Replica> StartAsync(string redis, int index, Action<SharedSessionOptions> settings, string key = Key) => Replica.StartAsync(
        redis,
        options =>
        {
            settings(options);
            options.Replication.Key = key;
            foreach (var proxy in _proxies) options.Replication.Peers.Add($"http://127.0.0.1:{proxy.Port}");
        },
        build: builder => builder.WebHost.UseUrls($"http://127.0.0.1:{_ports[index]}"));

    public async Task ReadyAsync(ConformanceSite site)
    {
        foreach (var replica in site.Replicas) await HealthyAsync(replica);
        await ReleaseAsync(site);
    }

    public void Hold(ConformanceSite site)
    {
        foreach (var proxy in _proxies) proxy.BlackHole();
    }

    /// <summary>Lets everything through and waits until what each replica says now is known to all: what it said before is then known too.</summary>
    public async Task ReleaseAsync(ConformanceSite site)
    {
        foreach (var proxy in _proxies) proxy.Pass();
        foreach (var speaker in site.Replicas)
        {
            using var browser = new Browser();
            await browser.PostOkAsync(speaker, "/set/said/now");
            foreach (var hearer in site.Replicas)
                await Poll.UntilAsync(async () => await browser.TextAsync(hearer, "/get/said") == "now", Limit, "a replica to hear another", TestContext.Current.CancellationToken);
        }
    }

    public static Task HealthyAsync(Replica replica)
    {
        var browser = new Browser();
        return Poll.UntilAsync(
            async () =>
            {
                using var response = await browser.GetAsync(replica, "/health");
                return response.StatusCode == HttpStatusCode.OK;
            },
            Limit,
            "the replica to be ready",
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies) await proxy.DisposeAsync();
    }
}
