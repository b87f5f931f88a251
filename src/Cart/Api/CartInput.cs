using System.Globalization;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Catalog;
using ShopSession.Web.Errors;

namespace ShopSession.Cart.Api;

/// <summary>Checks what comes in, and names the field that is wrong.</summary>
internal static class CartInput
{
    public static ProductId Product(int? value) => value switch
    {
        null => throw new InvalidInputException("productId", T["Say which product: productId is needed."]),
        <= 0 => throw new InvalidInputException("productId", T["A product's number is positive."]),
        { } id => new ProductId(id),
    };

    public static ProductId FormProduct(string? value) => Product(Number("productId", value));

    /// <summary>A product in the address: what cannot be one is simply not there.</summary>
    public static ProductId RouteProduct(string value) =>
        ProductId.TryParse(value, out var id) ? id : throw new CartLineMissingException(new ProductId(0));

    /// <summary>A form's number; null when the field is missing or empty.</summary>
    public static int? Number(string field, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InvalidInputException(field, T["This is a whole number."]);

    /// <summary>A number of the query between two bounds.</summary>
    public static int Range(string field, string? text, int otherwise, int least, int most) => (Number(field, text) ?? otherwise) switch
    {
        var number when number < least || number > most => throw new InvalidInputException(
            field, T[$"This is a whole number from {least} to {most}."]),
        var number => number,
    };

    public static int Quantity(int? value, int least) => value switch
    {
        null => throw new InvalidInputException("quantity", T["Say how many: quantity is needed."]),
        { } quantity when quantity < least || quantity > CartLimits.MaxQuantity => throw new InvalidInputException(
            "quantity", T[$"The quantity is a whole number from {least} to {CartLimits.MaxQuantity}."]),
        { } quantity => quantity,
    };

    /// <summary>The version that the caller saw: in the body, in <c>If-Match</c>, or none when any version is fine.</summary>
    public static long? Version(HttpRequest request, long? body)
    {
        if (body is not null) return body;
        var header = request.Headers.IfMatch.ToString();
        if (header is "" or "*") return null;
        return header is ['"', .. var inner, '"'] && long.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new InvalidInputException("If-Match", T["If-Match carries the cart's ETag, for example \"17\" with its quotes."]);
    }

    /// <summary>An addition may carry a key, so that it can be repeated safely when its answer was lost.</summary>
    public static string? OperationKey(HttpRequest request)
    {
        var header = request.Headers["Idempotency-Key"];
        return header.Count switch
        {
            0 => null,
            1 when header[0] is { Length: >= 1 and <= 255 } key => key,
            _ => throw new InvalidInputException("Idempotency-Key", T["Send one Idempotency-Key of 1 to 255 characters."]),
        };
    }
}

/// <summary>The request is wrong; <see cref="Problem"/> names the fields.</summary>
internal sealed class InvalidInputException(ShopProblem problem) : Exception(problem.Detail)
{
    public InvalidInputException(string field, string message)
        : this(ShopProblems.Invalid(field, message))
    {
    }

    public ShopProblem Problem { get; } = problem;
}
