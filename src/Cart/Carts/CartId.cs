using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ShopSession.Redis;
using ShopSession.Sessions;

namespace ShopSession.Cart.Carts;

/// <summary>
/// Names one cart in the store. Never taken from a request: a user's follows from the account, a guest's is kept in the session.
/// </summary>
internal readonly record struct CartId
{
    private const string GuestPrefix = "g-";
    private const string UserPrefix = "u-";
    private const int HashLength = 22; // 128 bits in base64url
    private static readonly SearchValues<char> Base64UrlCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private CartId(string value) => Value = value;

    public string Value { get; }

    public bool IsGuest => Value.StartsWith(GuestPrefix, StringComparison.Ordinal);

    /// <summary>The key of the cart's hash. The braces put every key of one cart into one cluster slot.</summary>
    public RedisKey Key => new($"cart:{{{Value}}}");

    /// <summary>The cart of an account, the same on every device. The id is hashed, so that a dump of the store names no account.</summary>
    public static CartId ForUser(UserId user) => new(UserPrefix + Hash("shop-cart-user:" + user.Value));

    /// <summary>
    /// The guest cart of an existing session. It follows from the session's name, so that two first additions at the same moment,
    /// on two replicas, meet in one cart.
    /// </summary>
    public static CartId ForSession(SessionHandle session) => new(GuestPrefix + Hash("shop-cart-session:" + session.Value));

    /// <summary>A guest cart for a visitor who has no session yet.</summary>
    public static CartId NewGuest() => new(GuestPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));

    public static bool TryParse(string? text, out CartId id)
    {
        id = new CartId(text ?? "");
        return text is { Length: HashLength + 2 }
            && (text.StartsWith(GuestPrefix, StringComparison.Ordinal) || text.StartsWith(UserPrefix, StringComparison.Ordinal))
            && text.AsSpan(2).IndexOfAnyExcept(Base64UrlCharacters) < 0;
    }

    /// <summary>A short name that stands for this cart where its id must not appear.</summary>
    public string Digest(string purpose) => Hash($"{purpose}:{Value}");

    public override string ToString() => Value;

    private static string Hash(string text) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
}
