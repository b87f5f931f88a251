using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;
using ShopSession.Testing;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>Replicas that start together on an empty store agree on one data-protection key.</summary>
internal sealed class KeyRings : IPromise
{
    private const string Ring = "DataProtection-Keys";
    private const int Hosts = 9;

    public int Number => 10;

    public string Name => "key ring";

    // Tried first: the shop has only just started, on an empty store.
    public ShopKind Shop => ShopKind.Steady;

    public async Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken) =>
        [await ServicesAsync(trial, cancellationToken), await HostsAsync(trial, cancellationToken)];

    private async Task<PromiseRow> ServicesAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, "key ring: the whole shop started on an empty store; one key there, and what one replica seals every other opens");
        await JudgeAsync(tally, trial.Shop, cancellationToken);
        var more = trial.Count(3, 0);
        for (var start = 0; start < more; start++)
        {
            await using var shop = await BenchShop.StartAsync(ShopKind.Steady, trial.Options, cancellationToken);
            await JudgeAsync(tally, shop, cancellationToken);
        }

        tally.Note = $"{1 + more:N0} starts";
        return tally.ToRow();
    }

    private static async Task JudgeAsync(Tally tally, BenchShop shop, CancellationToken cancellationToken)
    {
        await OneKeyAsync(tally, shop.Store);
        foreach (var replica in shop.Replicas)
        {
            var text = await shop.Lab.SealAsync(replica, "hello", cancellationToken);
            foreach (var other in shop.Replicas)
            {
                var opened = await shop.Lab.OpenAsync(other, text.Text, cancellationToken);
                tally.Trial(opened.Text == "hello", () => $"sealed by {replica.Name}, opened by {other.Name}: {opened}");
            }
        }
    }

    private async Task<PromiseRow> HostsAsync(Trial trial, CancellationToken cancellationToken)
    {
        var tally = new Tally(Number, $"key ring: {Hosts} hosts in the bench's process started within milliseconds on an empty store, the same asked");
        await using var store = await RedisServerProcess.StartAsync(cancellationToken: cancellationToken);
        var starts = trial.Count(100, 3);
        for (var start = 0; start < starts; start++)
        {
            await store.SendAsync("FLUSHALL");
            var hosts = await Task.WhenAll(Enumerable.Range(0, Hosts).Select(_ => SessionHost.StartAsync(store.ConnectionString, cancellationToken)));
            await OneKeyAsync(tally, store);
            foreach (var sealing in hosts)
            {
                var text = sealing.Protector.Protect("hello");
                foreach (var opening in hosts) tally.Trial(Opens(opening.Protector, text), () => "a host could not open what another had sealed");
            }

            foreach (var host in hosts) await host.DisposeAsync();
        }

        tally.Note = $"{starts:N0} starts";
        return tally.ToRow();
    }

    private static async Task OneKeyAsync(Tally tally, RedisServerProcess store)
    {
        var keys = await store.SendAsync("LLEN", Ring);
        tally.Trial(keys == "1", () => $"{keys} keys in the ring");
    }

    private static bool Opens(IDataProtector protector, string text)
    {
        try
        {
            return protector.Unprotect(text) == "hello";
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
