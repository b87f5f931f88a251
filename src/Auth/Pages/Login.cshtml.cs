using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Api;
using ShopSession.Auth.SignIn;
using ShopSession.Web.Returns;

namespace ShopSession.Auth.Pages;

internal sealed class LoginModel(SignInService signIn, ReturnUrls returns, IConfiguration configuration, TimeProvider time) : FormPage
{
    [BindProperty]
    public LoginInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether somebody signed in is asked to sign in again before something sensitive.</summary>
    [BindProperty(SupportsGet = true, Name = "stepUp")]
    public bool StepUp { get; set; }

    public string Continue => returns.OrHome(ReturnUrl);

    public bool ShowDemo => configuration.GetValue(DemoAccount.Setting, false);

    public string WithReturn(string path) => returns.TryAccept(ReturnUrl, out var safe) ? $"{path}?returnUrl={Uri.EscapeDataString(safe)}" : path;

    public void OnGet()
    {
        if (StepUp) Input.Email = User.FindFirstValue(ClaimTypes.Email);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var email = EmailAddress.Parse(Input.Email, out var emailError);
        errors.Add(FieldErrors.Email, emailError);
        if (string.IsNullOrEmpty(Input.Password)) errors.Add(FieldErrors.Password, T["Enter your password."]);
        if (errors.Any) return Refuse(errors, nameof(Input));
        try
        {
            var result = await signIn.SignInAsync(HttpContext, new SignInAttempt(email!, Input.Password!, Input.RememberMe), cancellationToken);
            if (result.Outcome == SignInOutcome.SignedIn) return Return(returns, ReturnUrl);
            if (result.Outcome != SignInOutcome.TwoFactorRequired) return Refuse(AuthProblems.SignInFailed);
            PendingSignIn.Set(HttpContext, result.Verified!, Input.RememberMe, time.GetUtcNow());
            return new SeeOther(WithReturn("/login/two-factor"));
        }
        catch (Exception error) when (AuthProblems.Of(error) is { } problem)
        {
            return Refuse(problem);
        }
    }
}

internal sealed class LoginInput
{
    public string? Email { get; set; }

    public string? Password { get; set; }

    public bool RememberMe { get; set; }
}
