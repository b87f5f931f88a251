using ShopSession.Auth.Accounts;
using ShopSession.Auth.SignIn;
using ShopSession.Auth.TwoFactor;
using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>Two-factor sign-in, as JSON. All of it asks for a recent sign-in.</summary>
internal static class TwoFactorEndpoints
{
    public static void MapTwoFactor(this IEndpointRouteBuilder api)
    {
        var twoFactor = api.MapGroup("/two-factor").RequireAuthorization(AuthPolicies.RecentSignIn);
        twoFactor.MapPost("/key", BeginAsync);
        twoFactor.MapPost("", TurnOnAsync);
        twoFactor.MapDelete("", TurnOffAsync);
        twoFactor.MapPost("/recovery-codes", RenewAsync);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, Profile profile, TwoFactorSetup setup, CancellationToken cancellationToken)
    {
        if (await profile.FindAsync(context.User.UserId().Value, cancellationToken) is not { } user) return ShopProblems.NotFound.AsResult();
        if (!user.EmailConfirmed) return AuthProblems.EmailUnconfirmed.AsResult();
        if (user.TwoFactorEnabled) return AuthProblems.TwoFactorIsOn.AsResult();
        var key = await setup.BeginAsync(user.Id);
        return Results.Ok(new AuthenticatorKeyResponse(key.Key, key.Uri));
    }

    private static async Task<IResult> TurnOnAsync(CodeRequest body, HttpContext context, TwoFactorSetup setup, CancellationToken cancellationToken) =>
        await setup.TurnOnAsync(context, body.Code, cancellationToken) is { } codes ? Results.Ok(new RecoveryCodesResponse(codes)) : ShopProblems.Invalid("code", "This is not the code that the authenticator shows now.").AsResult();

    private static async Task<IResult> TurnOffAsync(HttpContext context, TwoFactorSetup setup)
    {
        await setup.TurnOffAsync(context.User.UserId().Value);
        return Results.NoContent();
    }

    private static async Task<IResult> RenewAsync(HttpContext context, TwoFactorSetup setup) =>
        await setup.RenewRecoveryCodesAsync(context.User.UserId().Value) is { } codes ? Results.Ok(new RecoveryCodesResponse(codes)) : ShopProblems.NotFound.AsResult();
}

internal sealed record CodeRequest(string? Code);

internal sealed record AuthenticatorKeyResponse(string Key, string Uri);

internal sealed record RecoveryCodesResponse(IReadOnlyList<string> RecoveryCodes);
