using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Addresses;
using ShopSession.Sessions;
using ShopSession.Web.Addresses;
using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>
/// The addresses of a user, for the cart's checkout: it knows from the session who is there, and asks with the shop's own key. Not reachable through the gateway.
/// </summary>
internal static class InternalAddresses
{
    public static void MapInternalAddresses(this IEndpointRouteBuilder app)
    {
        var addresses = app.MapGroup("/internal/users/{id}/addresses").AddEndpointFilter<ProblemFilter>().DisableSharedSession();
        addresses.MapGet("", ListAsync);
        addresses.MapPost("", AddAsync);
    }

    private static async Task<IResult> ListAsync(string id, AddressBook book, CancellationToken cancellationToken) =>
        Results.Ok(AddressResponse.Of(await book.ListAsync(id, cancellationToken)));

    private static async Task<IResult> AddAsync(string id, AddressRequest body, AuthDbContext db, AddressBook book, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (PostalAddressRules.Check(body, errors) is not { } address) return ShopProblems.Invalid(errors).AsResult();
        if (!await db.Users.AnyAsync(user => user.Id == id && user.Email != null, cancellationToken)) return ShopProblems.NotFound.AsResult();
        await book.AddAsync(id, address, body.Default, cancellationToken);
        return Results.NoContent();
    }
}
