using System.Security.Cryptography;
using System.Text.Json;
using ShopSession.Cart.Api;
using ShopSession.Web.Errors;

namespace ShopSession.Cart.Checkout;

/// <summary>
/// The key that makes one press one order, after the IETF's draft "The Idempotency-Key HTTP Header Field": missing 400, the same key with
/// other content 422, still under way 409.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 255;

    public static string Of(HttpRequest request) => request.Headers[Header] switch
    {
        { Count: 0 } => throw new InvalidInputException(new ShopProblem(
            "idempotency-key-required", 400, T["This needs a key of its own"],
            T["Send an Idempotency-Key header with a new value (a UUID, say) for each order, and the same value when you repeat the request."])
        {
            Errors = new Dictionary<string, string[]> { [Header] = [T["It is missing."]] },
        }),
        { Count: 1 } values => Check(values.ToString()),
        _ => throw new InvalidInputException(Header, T["Send it once."]),
    };

    public static string Check(string? key) => key is { Length: > 0 and <= MaxLength } && key.All(character => character is > ' ' and < '\x7f')
        ? key
        : throw new InvalidInputException(Header, T[$"The key is 1 to {MaxLength} characters of ASCII without spaces."]);

    /// <summary>What the key stands for. The cart is not in it: it is empty when the same request comes again.</summary>
    public static string Fingerprint(CheckoutDetails details) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(details)));
}
