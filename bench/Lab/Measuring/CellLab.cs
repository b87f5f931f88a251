using System.Globalization;
using System.Net;
using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>Measures a strategy under a policy as visitors see it: a hundred browsers, each with an address of its own, through the gateway.</summary>
internal sealed class CellLab(LabShop shop, LabOptions options, Action<string> say)
{
    private const int AtOnce = 4;

    public async Task<CellResult> MeasureAsync(CancellationToken cancellationToken)
    {
        var visitors = Enumerable.Range(0, options.Logins).Select(i => new Visitor(shop.GatewayPort, new IPAddress([127, 0, 1, (byte)(1 + i % 250)]))).ToList();
        try
        {
            var users = options.Times(1000);
            var anonymous = await BytesAsync(visitors[0], cancellationToken);
            var next = await LostAsync("the next request", visitors, () => Task.CompletedTask, cancellationToken);
            var bytes = await SignedInBytesAsync(visitors, cancellationToken);
            var kill = await LostAsync("kill -9 of one replica", visitors, () => shop.KillAsync(shop.Replicas[0].Name, cancellationToken), cancellationToken);
            var rolling = await LostAsync("a rolling restart", visitors, async () =>
            {
                foreach (var replica in shop.Replicas) await shop.RestartAsync(replica.Name, cancellationToken);
            }, cancellationToken);
            var store = await LostAsync("a restart of the store", visitors, () => shop.RestartStoreAsync(cancellationToken), cancellationToken);
            int? failOver = shop.Store.CanFailOver
                ? await LostAsync("kill -9 of the store's fullest master", visitors, () => shop.FailOverStoreAsync(cancellationToken), cancellationToken)
                : null;
            var skew = await new SkewLab(shop, users).MeasureAsync(cancellationToken);
            var added = await LostAsync("one replica more", visitors, () => shop.ScaleAsync(oneMore: true, cancellationToken), cancellationToken);
            var removed = await LostAsync("one replica less", visitors, () => shop.ScaleAsync(oneMore: false, cancellationToken), cancellationToken);
            var sibling = await LostAsync("looking at another service", visitors, () => Task.CompletedTask, cancellationToken, service: "catalog");
            return new CellResult
            {
                Way = shop.Plan.Way.Name,
                Policy = shop.Plan.Policy,
                Under = Circumstances.Now(options.Replicas, options.Siblings, options.Quick),
                Logins = visitors.Count,
                LostAtNextRequest = next,
                LostAfterKill = kill,
                LostAfterRollingRestart = rolling,
                LostAfterStoreRestart = store,
                LostAfterFailOver = failOver,
                LostAfterAdding = added,
                LostAfterRemoving = removed,
                UnknownAtSibling = sibling,
                Users = users,
                BusiestShare = skew,
                BrowserBytes = bytes,
                AnonymousBytes = anonymous,
                CookieBytes = visitors.Max(visitor => visitor.CookieBytes),
            };
        }
        finally
        {
            foreach (var visitor in visitors) visitor.Dispose();
        }
    }

    /// <summary>All sign in who are not, something happens, and each sends one request: how many are asked to sign in again?</summary>
    private async Task<int> LostAsync(string what, List<Visitor> visitors, Func<Task> happens, CancellationToken cancellationToken, string service = "auth")
    {
        await EachAsync(visitors.Where(visitor => !visitor.IsSignedIn), visitor => visitor.SignInAsync(cancellationToken), cancellationToken);
        await happens();
        await EachAsync(visitors, visitor => visitor.LookAsync(service, cancellationToken), cancellationToken);
        var lost = visitors.Count(visitor => !visitor.IsSignedIn);
        say(string.Create(CultureInfo.InvariantCulture, $"  lost after {what}: {lost} of {visitors.Count}"));
        return lost;
    }

    // Null where no login lasts long enough to be looked at.
    private static async Task<double?> SignedInBytesAsync(List<Visitor> visitors, CancellationToken cancellationToken)
    {
        if (visitors.Find(visitor => visitor.IsSignedIn) is not { } signedIn) return null;
        var bytes = await BytesAsync(signedIn, cancellationToken);
        return signedIn.IsSignedIn ? bytes : null;
    }

    private static async Task<double> BytesAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        const int requests = 3;
        await visitor.LookAsync("auth", cancellationToken);
        var before = visitor.Bytes.Total;
        for (var i = 0; i < requests; i++) await visitor.LookAsync("auth", cancellationToken);
        return (visitor.Bytes.Total - before) / (double)requests;
    }

    // In another order each time: round robin counts exactly, so that the same order again would bring either every visitor back to the same replica or none.
    private static Task EachAsync(IEnumerable<Visitor> visitors, Func<Visitor, Task> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(visitors.Shuffle(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (visitor, _) => await act(visitor));
}
