using System.Globalization;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>Writes at one replica and reads at the next at once.</summary>
internal sealed class StaleReadLab(LabShop shop)
{
    /// <returns>How many reads found something older, or nothing.</returns>
    public async Task<int> MeasureAsync(int writes, CancellationToken cancellationToken)
    {
        var replicas = shop.Addresses;
        var client = shop.NewClient();
        await client.SignInAsync(replicas[0], "reader", cancellationToken);
        var stale = 0;
        for (var i = 0; i < writes; i++)
        {
            var value = i.ToString(CultureInfo.InvariantCulture);
            await client.WriteAsync(replicas[i % replicas.Count], "stale", value, cancellationToken);
            if (await client.ReadAsync(replicas[(i + 1) % replicas.Count], "stale", cancellationToken) != value) stale++;
        }
        return stale;
    }
}
