using ShopSession.Gateway.Balancing.Hashing;

namespace ShopSession.Gateway.Tests.Balancing.Hashing;

public sealed class ReplicaOrderTests
{
    private const int Keys = 20_000;

    public static TheoryData<string> Orders => ["modulo", "rendezvous"];

    [Fact]
    public void The_hash_is_the_published_one_so_that_every_gateway_and_every_release_agrees()
    {
        // The authors' own test vectors for FNV-1a, and a place that must never change.
        Assert.Equal(0xAF63DC4C8601EC8CUL, HashSpace.Fnv1a("a"));
        Assert.Equal(0x85944171F73967E8UL, HashSpace.Fnv1a("foobar"));
        Assert.Equal(0x2C0BDBF481420F8UL, HashSpace.Place("a"));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_replica_has_one_place_in_the_order_of_every_key(string order)
    {
        var names = Replicas(5);
        for (var key = 0; key < 1000; key++)
            Assert.Equal([0, 1, 2, 3, 4], Enumerable.Range(0, 5).Select(rank => Order(order).At($"key-{key}", names, rank)).Order());
    }

    [Theory]
    [InlineData("modulo", 2)]
    [InlineData("modulo", 3)]
    [InlineData("modulo", 8)]
    [InlineData("rendezvous", 2)]
    [InlineData("rendezvous", 3)]
    [InlineData("rendezvous", 8)]
    public void Keys_spread_evenly(string order, int replicas)
    {
        var shares = Homes(order, replicas).CountBy(home => home).ToDictionary();

        Assert.Equal(replicas, shares.Count);
        // The standard deviation is below 1.7 % of the share here: 10 % is six of them.
        Assert.All(shares.Values, share => Assert.InRange(share, 0.9 * Keys / replicas, 1.1 * Keys / replicas));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void One_replica_more_moves_almost_every_key_under_modulo_and_only_the_new_ones_share_under_rendezvous(int before)
    {
        Assert.InRange(Moved("modulo", before, before + 1), Share(before, before + 1) - 0.02, Share(before, before + 1) + 0.02);
        Assert.InRange(Moved("rendezvous", before, before + 1), Share(1, before + 1) - 0.02, Share(1, before + 1) + 0.02);

        var (old, grown) = (Homes("rendezvous", before), Homes("rendezvous", before + 1));
        Assert.All(old.Zip(grown).Where(pair => pair.First != pair.Second), pair => Assert.Equal(before, pair.Second));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void One_replica_less_moves_almost_every_key_under_modulo_and_only_its_own_under_rendezvous(int before)
    {
        Assert.InRange(Moved("modulo", before, before - 1), Share(before - 1, before) - 0.02, Share(before - 1, before) + 0.02);

        var (old, shrunk) = (Homes("rendezvous", before), Homes("rendezvous", before - 1));
        Assert.All(old.Zip(shrunk).Where(pair => pair.First != before - 1), pair => Assert.Equal(pair.First, pair.Second));
    }

    [Fact]
    public void The_keys_of_a_dead_replica_go_to_one_neighbour_under_modulo_and_to_all_others_under_rendezvous()
    {
        Assert.Equal([1], Heirs("modulo").Keys);

        var heirs = Heirs("rendezvous");
        Assert.Equal([1, 2, 3], heirs.Keys.Order());
        Assert.All(heirs.Values, share => Assert.InRange(share, 0.85 * Keys / 4 / 3, 1.15 * Keys / 4 / 3));
    }

    /// <summary>How many keys of the first of four replicas go where, while it is down.</summary>
    private static Dictionary<int, int> Heirs(string order)
    {
        var names = Replicas(4);
        return Enumerable.Range(0, Keys).Where(key => Order(order).At($"key-{key}", names, 0) == 0)
            .CountBy(key => Order(order).At($"key-{key}", names, 1)).ToDictionary();
    }

    private static double Share(int part, int of) => (double)part / of;

    private static double Moved(string order, int before, int after) =>
        Homes(order, before).Zip(Homes(order, after)).Count(pair => pair.First != pair.Second) / (double)Keys;

    private static List<int> Homes(string order, int replicas)
    {
        var names = Replicas(replicas);
        return [.. Enumerable.Range(0, Keys).Select(key => Order(order).At($"key-{key}", names, 0))];
    }

    private static List<string> Replicas(int count) => [.. Enumerable.Range(1, count).Select(number => $"cart-{number}")];

    private static IReplicaOrder Order(string name) => name == "modulo" ? ModuloOrder.Instance : RendezvousOrder.Instance;
}
