using ShopSession.Auth.Accounts;
using ShopSession.Auth.Emails;
using ShopSession.Auth.Limits;
using ShopSession.Auth.SignIn;
using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>The account and its address, as JSON.</summary>
internal static class EmailEndpoints
{
    public static void MapEmails(this IEndpointRouteBuilder api)
    {
        api.MapGet("/account", AccountAsync).RequireAuthorization();
        api.MapPost("/email", ChangeAsync).RequireAuthorization(AuthPolicies.RecentSignIn);
        api.MapPost("/email/confirmation", SendAgainAsync).RequireAuthorization();
        api.MapPost("/email/confirm", ConfirmAsync);
    }

    private static async Task<IResult> AccountAsync(HttpContext context, Profile profile, CancellationToken cancellationToken) =>
        await profile.FindAsync(context.User.UserId().Value, cancellationToken) is { } user
            ? Results.Ok(new AccountResponse(user.Id, user.Email!, user.EmailConfirmed, user.DisplayName, user.CreatedAt, user.TwoFactorEnabled))
            : ShopProblems.NotFound.AsResult();

    private static async Task<IResult> ChangeAsync(EmailRequest body, HttpContext context, Profile profile, EmailChange change, CancellationToken cancellationToken)
    {
        if (await profile.FindAsync(context.User.UserId().Value, cancellationToken) is not { } user) return ShopProblems.NotFound.AsResult();
        var errors = await change.RequestAsync(user, body.Email, ClientAddress.Of(context), cancellationToken);
        return errors.Any ? ShopProblems.Invalid(errors.All).AsResult() : Results.Accepted();
    }

    private static async Task<IResult> SendAgainAsync(HttpContext context, Profile profile, EmailConfirmation confirmation, CancellationToken cancellationToken)
    {
        if (await profile.FindAsync(context.User.UserId().Value, cancellationToken) is not { } user) return ShopProblems.NotFound.AsResult();
        await confirmation.SendAgainAsync(user, ClientAddress.Of(context), cancellationToken);
        return Results.Accepted();
    }

    private static async Task<IResult> ConfirmAsync(TokenRequest body, HttpContext context, EmailConfirmation confirmation, CancellationToken cancellationToken) =>
        await confirmation.ConfirmAsync(context, body.Token, cancellationToken) switch
        {
            ConfirmationResult.Invalid => AuthProblems.LinkInvalid.AsResult(),
            ConfirmationResult.Taken => AuthProblems.EmailTaken(new FieldErrors()).AsResult(),
            _ => Results.NoContent(),
        };
}

/// <summary>The signed-in user's account.</summary>
internal sealed record AccountResponse(string Id, string Email, bool EmailVerified, string DisplayName, DateTimeOffset CreatedAt, bool TwoFactor);
