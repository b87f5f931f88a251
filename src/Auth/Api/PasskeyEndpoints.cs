using System.Net.Mime;
using System.Text.Json;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Passkeys;
using ShopSession.Auth.SignIn;
using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>Passkeys, as JSON: the account's own, which ask for a recent sign-in, and signing in with one.</summary>
internal static class PasskeyEndpoints
{
    // WebAuthn's answers are one or two kilobytes.
    private const int MaxCredential = 16 * 1024;

    public static void MapPasskeys(this IEndpointRouteBuilder api)
    {
        var passkeys = api.MapGroup("/passkeys").RequireAuthorization(AuthPolicies.RecentSignIn);
        passkeys.MapGet("", ListAsync);
        passkeys.MapPost("/creation-options", BeginAsync);
        passkeys.MapPost("", AddAsync);
        passkeys.MapPut("/{id:guid}", RenameAsync);
        passkeys.MapDelete("/{id:guid}", RemoveAsync);
        api.MapPost("/login/passkey/options", BeginSignInAsync);
        api.MapPost("/login/passkey", SignInAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, PasskeyList passkeys, CancellationToken cancellationToken) =>
        Results.Ok((await passkeys.ReadAsync(context.User.UserId().Value, cancellationToken)).Select(PasskeyResponse.Of));

    private static async Task<IResult> BeginAsync(HttpContext context, Profile profile, PasskeyRegistration registration, CancellationToken cancellationToken)
    {
        if (await profile.FindAsync(context.User.UserId().Value, cancellationToken) is not { } user) return ShopProblems.NotFound.AsResult();
        if (!user.EmailConfirmed) return AuthProblems.EmailUnconfirmed.AsResult();
        return await registration.BeginAsync(context, user, cancellationToken) is { } options ? Results.Content(options, MediaTypeNames.Application.Json) : AuthProblems.TooManyPasskeys.AsResult();
    }

    private static async Task<IResult> AddAsync(NewPasskeyRequest body, HttpContext context, Profile profile, PasskeyRegistration registration, CancellationToken cancellationToken)
    {
        if (await profile.FindAsync(context.User.UserId().Value, cancellationToken) is not { EmailConfirmed: true } user) return AuthProblems.EmailUnconfirmed.AsResult();
        var (name, error) = (default(string), "");
        if (!string.IsNullOrWhiteSpace(body.Name)) name = PasskeyName.Parse(body.Name, out error);
        if (error.Length > 0) return ShopProblems.Invalid(PasskeyName.Field, error).AsResult();
        if (TextOf(body.Credential) is not { } credential) return ShopProblems.Invalid("credential", "Send what navigator.credentials.create gave, as its toJSON() writes it.").AsResult();
        return await registration.FinishAsync(context, user, credential, name, cancellationToken) is { } passkey
            ? Results.Created($"/api/passkeys/{passkey.Id}", PasskeyResponse.Of(passkey))
            : AuthProblems.PasskeyRefused.AsResult();
    }

    private static async Task<IResult> RenameAsync(Guid id, PasskeyNameRequest body, HttpContext context, PasskeyList passkeys, CancellationToken cancellationToken)
    {
        if (PasskeyName.Parse(body.Name, out var error) is not { } name) return ShopProblems.Invalid(PasskeyName.Field, error).AsResult();
        return await passkeys.RenameAsync(context.User.UserId().Value, id, name, cancellationToken) ? Results.NoContent() : ShopProblems.NotFound.AsResult();
    }

    private static async Task<IResult> RemoveAsync(Guid id, HttpContext context, Profile profile, PasskeyList passkeys, CancellationToken cancellationToken) =>
        await profile.FindAsync(context.User.UserId().Value, cancellationToken) is { } user && await passkeys.RemoveAsync(user, id, cancellationToken) ? Results.NoContent() : ShopProblems.NotFound.AsResult();

    private static async Task<IResult> BeginSignInAsync(HttpContext context, PasskeySignIn signIn, CancellationToken cancellationToken) =>
        Results.Content(await signIn.BeginAsync(context, cancellationToken), MediaTypeNames.Application.Json);

    private static async Task<IResult> SignInAsync(PasskeyLoginRequest body, HttpContext context, PasskeySignIn signIn, CancellationToken cancellationToken)
    {
        if (TextOf(body.Credential) is not { } credential) return ShopProblems.Invalid("credential", "Send what navigator.credentials.get gave, as its toJSON() writes it.").AsResult();
        var result = await signIn.SignInAsync(context, credential, body.RememberMe, cancellationToken);
        return result is { Outcome: SignInOutcome.SignedIn, Verified.User: { } user } ? Results.Ok(new LoginResponse(user.Id, user.DisplayName)) : AuthProblems.PasskeyFailed.AsResult();
    }

    private static string? TextOf(JsonElement? credential) =>
        credential is { ValueKind: JsonValueKind.Object } json && json.GetRawText() is { Length: <= MaxCredential } text ? text : null;
}

internal sealed record NewPasskeyRequest(string? Name, JsonElement? Credential);

internal sealed record PasskeyNameRequest(string? Name);

internal sealed record PasskeyLoginRequest(JsonElement? Credential, bool RememberMe = false);

/// <summary>A passkey as its owner sees it.</summary>
internal sealed record PasskeyResponse(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool BackedUp)
{
    public static PasskeyResponse Of(Passkey passkey) => new(passkey.Id, passkey.Name, passkey.CreatedAt, passkey.LastUsedAt, passkey.BackedUp);
}
