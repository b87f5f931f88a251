using ShopSession.Auth.Accounts;
using ShopSession.Auth.Limits;
using ShopSession.Auth.Recovery;
using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>A new password by mail, as JSON.</summary>
internal static class RecoveryEndpoints
{
    public static void MapRecovery(this IEndpointRouteBuilder api)
    {
        api.MapPost("/password/forgot", ForgotAsync);
        api.MapPost("/password/reset", ResetAsync);
    }

    // 202 whether the address has an account or not.
    private static async Task<IResult> ForgotAsync(EmailRequest body, HttpContext context, PasswordReset reset, CancellationToken cancellationToken)
    {
        if (EmailAddress.Parse(body.Email, out var error) is not { } email) return ShopProblems.Invalid(FieldErrors.Email, error).AsResult();
        await reset.RequestAsync(email, ClientAddress.Of(context), cancellationToken);
        return Results.Accepted();
    }

    private static async Task<IResult> ResetAsync(ResetRequest body, PasswordReset reset, CancellationToken cancellationToken)
    {
        var errors = await reset.ResetAsync(body.Token, body.New, cancellationToken);
        if (errors is null) return AuthProblems.LinkInvalid.AsResult();
        return errors.Any ? ShopProblems.Invalid(errors.All).AsResult() : Results.NoContent();
    }
}
