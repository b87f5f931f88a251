using ShopSession.Sessions.Http;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Http;

public sealed class UseClaimsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void One_of_many_gets_the_claim_and_after_its_life_one_more()
    {
        var claims = new UseClaims(_time);
        var session = Session(1);

        Assert.Equal(1, Claimed(claims, session));
        Assert.Equal(1, Claimed(claims, Session(2)));
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(0, Claimed(claims, session));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, Claimed(claims, session));
    }

    [Fact]
    public void Claims_that_are_over_make_room_and_without_room_nobody_is_kept_from_writing()
    {
        var claims = new UseClaims(_time);
        for (var i = 0; i < UseClaims.Most; i++) Assert.True(claims.TryClaim(Session(i)));

        for (var i = 0; i < 10; i++) Assert.True(claims.TryClaim(Session(-1)));
        Assert.Equal(UseClaims.Most, claims.Count);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Claimed(claims, Session(-1)));
        Assert.Equal(1, claims.Count);
    }

    private static int Claimed(UseClaims claims, SessionHandle session)
    {
        var claimed = 0;
        Parallel.For(0, 100, _ =>
        {
            if (claims.TryClaim(session)) Interlocked.Increment(ref claimed);
        });
        return claimed;
    }

    private static SessionHandle Session(int number) => new($"session-{number}");
}
