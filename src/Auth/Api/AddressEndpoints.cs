using ShopSession.Auth.Addresses;
using ShopSession.Auth.SignIn;
using ShopSession.Web.Addresses;
using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>The addresses that an account keeps, as JSON.</summary>
internal static class AddressEndpoints
{
    public static void MapAddresses(this IEndpointRouteBuilder api)
    {
        var addresses = api.MapGroup("/addresses").RequireAuthorization();
        addresses.MapGet("", ListAsync);
        addresses.MapPost("", AddAsync);
        addresses.MapGet("/{id:guid}", FindAsync);
        addresses.MapPut("/{id:guid}", ChangeAsync);
        addresses.MapDelete("/{id:guid}", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, AddressBook book, CancellationToken cancellationToken) =>
        Results.Ok(AddressResponse.Of(await book.ListAsync(context.User.UserId().Value, cancellationToken)));

    private static async Task<IResult> FindAsync(Guid id, HttpContext context, AddressBook book, CancellationToken cancellationToken) =>
        AddressResponse.Of(await book.ListAsync(context.User.UserId().Value, cancellationToken)).FirstOrDefault(address => address.Id == id) is { } found
            ? Results.Ok(found)
            : ShopProblems.NotFound.AsResult();

    private static async Task<IResult> AddAsync(AddressRequest body, HttpContext context, AddressBook book, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (PostalAddressRules.Check(body, errors) is not { } address) return ShopProblems.Invalid(errors).AsResult();
        var user = context.User.UserId().Value;
        var id = await book.AddAsync(user, address, body.Default, cancellationToken);
        return Results.Created($"/api/addresses/{id}", AddressResponse.Of(await book.ListAsync(user, cancellationToken)).FirstOrDefault(added => added.Id == id));
    }

    private static async Task<IResult> ChangeAsync(Guid id, AddressRequest body, HttpContext context, AddressBook book, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (PostalAddressRules.Check(body, errors) is not { } address) return ShopProblems.Invalid(errors).AsResult();
        return await book.ChangeAsync(context.User.UserId().Value, id, address, body.Default, cancellationToken) ? Results.NoContent() : ShopProblems.NotFound.AsResult();
    }

    private static async Task<IResult> RemoveAsync(Guid id, HttpContext context, AddressBook book, CancellationToken cancellationToken) =>
        await book.RemoveAsync(context.User.UserId().Value, id, cancellationToken) ? Results.NoContent() : ShopProblems.NotFound.AsResult();
}

/// <summary>An address to keep.</summary>
/// <param name="Default">Whether it becomes the default. <see langword="false"/> changes nothing about that.</param>
internal sealed record AddressRequest(string? Name, string? Line1, string? Line2, string? City, string? PostalCode, string? Country, bool Default = false) : IPostalAddressForm;

/// <summary>An address that is kept.</summary>
internal sealed record AddressResponse(Guid Id, string Name, string Line1, string? Line2, string City, string PostalCode, string Country, bool Default)
{
    /// <summary>Of a whole list, whose first is the default.</summary>
    public static IReadOnlyList<AddressResponse> Of(IReadOnlyList<SavedAddress> addresses) =>
        [.. addresses.Select((row, place) => new AddressResponse(row.Id, row.Name, row.Line1, row.Line2, row.City, row.PostalCode, row.Country, place == 0))];
}
