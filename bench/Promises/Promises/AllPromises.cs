using ShopSession.Promises.Bench.Running;

namespace ShopSession.Promises.Bench.Promises;

internal static class AllPromises
{
    /// <summary>In the order in which they are tried: those that look into the store's keys before those that fill it, those that break the store last.</summary>
    public static readonly IReadOnlyList<IPromise> InOrder =
    [
        new KeyRings(), new Cost(), new Deploys(), new OneLogin(), new NoLostUpdate(), new ExactLimit(), new Revocation(), new CookieDoctor(), new Rotation(), new NoResurrection(),
        new Timeouts(), new RevocationUnheard(), new StoreFailure(),
    ];
}
