using ShopSession.Auth.Accounts;
using ShopSession.Auth.Limits;
using ShopSession.Auth.SignIn;
using ShopSession.Sessions;
using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>Register, sign in, sign out, change the password, as JSON.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        api.MapPost("/register", RegisterAsync);
        api.MapPost("/login", LoginAsync);
        api.MapPost("/logout", LogoutAsync);
        api.MapPost("/logout-everywhere", LogoutEverywhereAsync).RequireAuthorization();
        api.MapPost("/password", ChangePasswordAsync).RequireAuthorization();
    }

    // No cookie is set: a program that registers accounts for others is not signed in as one of them.
    private static async Task<IResult> RegisterAsync(RegisterRequest body, HttpContext context, Registration registration, CancellationToken cancellationToken)
    {
        var result = await registration.RegisterAsync(body.Email, body.Password, body.DisplayName, ClientAddress.Of(context), cancellationToken);
        if (result.User is { } user) return Results.Json(new RegisteredAccount(user.Id, user.Email!, user.DisplayName), statusCode: StatusCodes.Status201Created);
        return (result.EmailTaken ? AuthProblems.EmailTaken(result.Errors) : ShopProblems.Invalid(result.Errors.All)).AsResult();
    }

    private static async Task<IResult> LoginAsync(LoginRequest body, HttpContext context, SignInService signIn, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var email = EmailAddress.Parse(body.Email, out var emailError);
        errors.Add(FieldErrors.Email, emailError);
        if (string.IsNullOrEmpty(body.Password)) errors.Add(FieldErrors.Password, T["Enter your password."]);
        if (body.Transport is not (null or "cookie" or "token")) errors.Add("transport", T["Allowed are \"cookie\" and \"token\"."]);
        if (errors.Any) return ShopProblems.Invalid(errors.All).AsResult();

        var result = await signIn.SignInAsync(context, new SignInAttempt(email!, body.Password!, body.RememberMe, body.Transport == "token", body.Code, body.RecoveryCode), cancellationToken);
        return result switch
        {
            { Outcome: SignInOutcome.TwoFactorRequired } => AuthProblems.TwoFactorRequired.AsResult(),
            { Outcome: SignInOutcome.TwoFactorRefused } => AuthProblems.TwoFactorFailed.AsResult(),
            { Token: { } token } => Results.Ok(new TokenResponse(token)),
            { Outcome: SignInOutcome.SignedIn, Verified.User: { } user } => Results.Ok(new LoginResponse(user.Id, user.DisplayName)),
            _ => AuthProblems.SignInFailed.AsResult(),
        };
    }

    private static async Task LogoutAsync(HttpContext context)
    {
        await SessionEnding.HereAsync(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<IResult> LogoutEverywhereAsync(HttpContext context, SessionEnding sessions, CancellationToken cancellationToken)
    {
        await sessions.EverywhereAsync(context, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> ChangePasswordAsync(PasswordRequest body, HttpContext context, PasswordChange change, CancellationToken cancellationToken)
    {
        var result = await change.RunAsync(context, body.Current, body.New, cancellationToken);
        if (result.Errors.Any) return ShopProblems.Invalid(result.Errors.All).AsResult();
        return result.OthersEnded ? Results.NoContent() : AuthProblems.OthersNotEnded.AsResult();
    }
}
