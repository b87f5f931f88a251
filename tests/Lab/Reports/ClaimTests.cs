using ShopSession.Lab.Bench.Reports.Claims;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Tests.Support;

namespace ShopSession.Lab.Tests.Reports;

public sealed class ClaimTests
{
    [Theory]
    [InlineData(66, true)]
    [InlineData(55, true)]
    [InlineData(40, false)]
    [InlineData(100, false)]
    public void Round_robin_over_three_local_replicas_loses_two_thirds_give_or_take_chance(int lost, bool holds) =>
        Assert.Equal(holds, Find(new() { Cells = [Sample.Cell("local") with { LostAtNextRequest = lost, UnknownAtSibling = 100 }] }, "a login is lost").Holds);

    [Fact]
    public void A_claim_that_does_not_hold_says_because_of_which_figures()
    {
        var claim = Find(new() { Cells = [Sample.Cell("redis") with { LostAfterKill = 2, LostAfterAdding = 1 }] }, "any replica may be killed");

        Assert.False(claim.Holds);
        Assert.Equal("does not hold here, because 3 of 100 logins were lost in five scenarios", claim.Verdict);
    }

    [Theory]
    [InlineData("ip-hash", 75, "3", true)]
    [InlineData("ip-hash-rendezvous", 75, "3", false)]
    [InlineData("session-hash-rendezvous", 25, "4", true)]
    public void Consistent_hashing_moves_fewer_users_than_modulo(string policy, int moved, string row, bool holds)
    {
        var claim = Find(new() { Cells = [Sample.Cell("local", policy) with { LostAfterAdding = moved }] }, "one replica more");

        Assert.Equal((row, holds), (claim.Row, claim.Holds));
    }

    [Theory]
    [InlineData(720, true)]
    [InlineData(300, false)]
    public void Traffic_between_replicas_grows_with_all_but_one(double atEight, bool holds) =>
        Assert.Equal(holds, Find(new() { Growth = [Sample.Growth("replicated", (1, 0), (2, 100), (4, 305), (8, atEight))] }, "traffic per write").Holds);

    [Fact]
    public void Each_replica_that_holds_all_sessions_needs_the_memory_of_all()
    {
        LabResults Results(double[] kib) => new() { Ways = [Sample.Way("local") with { ReplicaKibPer1000Sessions = [100, 100, 100] }, Sample.Way("replicated") with { ReplicaKibPer1000Sessions = kib }] };

        Assert.True(Find(Results([310, 320, 330]), "memory of each replica").Holds);
        Assert.False(Find(Results([310, 320, 110]), "memory of each replica").Holds);
    }

    [Theory]
    [InlineData(true, 20, true)]
    [InlineData(true, 3, false)]
    [InlineData(false, 20, false)]
    public void A_session_that_the_client_carries_goes_on_after_the_sign_out(bool neverRefused, double refusedAfter, bool holds)
    {
        var claim = Find(
            new()
            {
                Ways = [Sample.Way("jwt") with { Writes = 0, NeverRefused = neverRefused, Carried = Sample.Carried with { RefusedWith = 501, LargestBytes = 0 } }],
                Lives = [new() { Way = "jwt", Under = Sample.Under, IdleSeconds = 20, SignedOutAfterSeconds = 0.1, RefusedAfterSeconds = refusedAfter }],
            },
            "cannot be revoked");

        Assert.Equal(("6b", holds), (claim.Row, claim.Holds));
        Assert.Contains("30 minutes", claim.Figures, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_lost_sessions_with_its_master_is_told()
    {
        Assert.True(Find(new() { Cells = [Sample.Cell("redis-cluster") with { LostAfterFailOver = 0 }] }, "a killed master").Holds);
        Assert.False(Find(new() { Cells = [Sample.Cell("redis-cluster") with { LostAfterFailOver = 1 }] }, "a killed master").Holds);
        Assert.DoesNotContain(AllClaims.Of(new() { Cells = [Sample.Cell("redis")] }), claim => claim.Text.Contains("master", StringComparison.Ordinal));
    }

    [Fact]
    public void Ids_in_addresses_are_claimed_to_work_and_to_leak()
    {
        Assert.All(AllClaims.Of(new() { Url = Sample.Url }), claim => Assert.True(claim.Holds, claim.Text));
        Assert.False(Find(new() { Url = Sample.Url with { LinksWithId = 39 } }, "carries the id on").Holds);
        Assert.False(Find(new() { Url = Sample.Url with { Strangers = 19 } }, "is a login").Holds);
        Assert.False(Find(new() { Url = Sample.Url with { ReferrerPolicy = "no-referrer" } }, "Referer").Holds);
        Assert.False(Find(new() { Url = Sample.Url with { StrangersAfterSignOut = 1 } }, "worth nothing").Holds);
    }

    [Fact]
    public void A_second_login_that_leaves_the_first_alive_breaks_the_claim()
    {
        Assert.True(Find(new() { Logins = Sample.Logins }, "signing in at a second place").Holds);
        Assert.False(Find(new() { Logins = Sample.Logins with { FirstAlive = 1 } }, "signing in at a second place").Holds);
        Assert.False(Find(new() { Logins = Sample.Logins with { ForeignHosts = 1 } }, "not sent to a foreign domain").Holds);
    }

    [Fact]
    public void Nothing_is_claimed_of_what_was_not_measured() => Assert.Empty(AllClaims.Of(new()));

    private static Claim Find(LabResults results, string text) => Assert.Single(AllClaims.Of(results), claim => claim.Text.Contains(text, StringComparison.Ordinal));
}
