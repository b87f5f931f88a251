using System.Diagnostics;
using System.Globalization;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>Ends sessions at one replica and watches the others until all of them refuse it.</summary>
internal sealed class RefusalLab(LabShop shop)
{
    private static readonly TimeSpan KnownLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefusalLimit = TimeSpan.FromSeconds(10);

    /// <summary>By signing out.</summary>
    public Task<Refusals> MeasureAsync(int count, CancellationToken cancellationToken) =>
        MeasureAsync(count, (client, replica, _) => client.SignOutAsync(replica, cancellationToken), cancellationToken);

    /// <summary>By whatever ends it: called with the client, a replica, and the user's name.</summary>
    public async Task<Refusals> MeasureAsync(int count, Func<ReplicaClient, Uri, string, Task> end, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var client = shop.NewClient();
            var user = string.Create(CultureInfo.InvariantCulture, $"leaver-{i}");
            await client.SignInAsync(At(i), user, cancellationToken);
            var others = Enumerable.Range(1, shop.Addresses.Count - 1).Select(next => At(i + next)).ToList();
            // Known everywhere first, so that each has it at hand.
            if (!await EveryAsync(others, client, known: true, cancellationToken)) continue;
            var witness = client.Copy();
            await end(client, At(i), user);
            var since = Stopwatch.GetTimestamp();
            var isRefused = await EveryAsync(others, witness, known: false, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            if (!isRefused) return new Refusals(times, Never: true);
        }
        return new Refusals(times, Never: false);
    }

    /// <summary>Waits until each replica knows the session, or refuses it; whether that came in time. A session that is made known in the background gets a second; an ended one is watched for longer.</summary>
    public static async Task<bool> EveryAsync(IEnumerable<Uri> replicas, ReplicaClient client, bool known, CancellationToken cancellationToken)
    {
        var limit = known ? KnownLimit : RefusalLimit;
        var since = Stopwatch.GetTimestamp();
        foreach (var replica in replicas)
        {
            while (await client.SeenAsync(replica, cancellationToken) is var seen && (seen.Length > 0) != known)
                if (Stopwatch.GetElapsedTime(since) > limit) return false;
        }
        return true;
    }

    private Uri At(int index) => shop.Addresses[index % shop.Addresses.Count];
}
