using System.Net;
using System.Security.Cryptography;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>What only a session that the client carries can be asked: does a changed cookie pass, and what happens when it grows too large?</summary>
internal sealed class CarriedLab(LabShop shop)
{
    /// <summary>More than any header may hold.</summary>
    private const int MostWrites = 40;

    /// <summary>Characters of each value: random, so that it cannot be compressed.</summary>
    private const int ValueLength = 1000;

    public async Task<CarriedResult> MeasureAsync(CancellationToken cancellationToken)
    {
        var replica = shop.Addresses[0];
        var client = shop.NewClient();
        await client.SignInAsync(replica, "grower", cancellationToken);
        var tampered = client.Copy();
        tampered.Tamper();
        var isAccepted = (await tampered.SeenAsync(replica, cancellationToken)).Length > 0;

        var (written, refused, largest) = (new List<string>(), (HttpStatusCode?)null, 0);
        while (written.Count < MostWrites)
        {
            var value = RandomNumberGenerator.GetHexString(ValueLength);
            var status = await client.TryWriteAsync(replica, $"value-{written.Count}", value, cancellationToken);
            if (status != HttpStatusCode.OK)
            {
                refused = status;
                break;
            }
            written.Add(value);
            largest = client.CookieBytes;
        }

        return new CarriedResult { TamperedIsAccepted = isAccepted, RefusedWith = (int?)refused, LargestBytes = largest, KeptWhatItHad = await KeptAsync(client, replica, written, cancellationToken) };
    }

    // Where nothing can be written the login is what it had.
    private static async Task<bool> KeptAsync(ReplicaClient client, Uri replica, List<string> written, CancellationToken cancellationToken)
    {
        if ((await client.SeenAsync(replica, cancellationToken)).Length == 0) return false;
        for (var i = 0; i < written.Count; i++)
            if (await client.ReadAsync(replica, $"value-{i}", cancellationToken) != written[i]) return false;
        return written.Count == 0 || (await client.ReadAsync(replica, $"value-{written.Count}", cancellationToken)).Length == 0;
    }
}
