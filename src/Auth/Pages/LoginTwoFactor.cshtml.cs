using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Api;
using ShopSession.Auth.SignIn;
using ShopSession.Web.Components;
using ShopSession.Web.Returns;

namespace ShopSession.Auth.Pages;

/// <summary>The second step of a sign-in, for accounts that have one.</summary>
internal sealed class LoginTwoFactorModel(SignInService signIn, ReturnUrls returns, TimeProvider time) : FormPage
{
    [BindProperty]
    public SecondFactorInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public bool UsesRecovery => !string.IsNullOrWhiteSpace(Input.RecoveryCode);

    public IActionResult OnGet() => PendingSignIn.Get(HttpContext, time.GetUtcNow()) is null ? StartAgain() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (PendingSignIn.Get(HttpContext, time.GetUtcNow()) is not { } pending) return StartAgain();
        try
        {
            var result = await signIn.ContinueAsync(HttpContext, pending, Input.Code, Input.RecoveryCode, cancellationToken);
            if (result.Outcome == SignInOutcome.SignedIn) return Return(returns, ReturnUrl);
            if (result.Outcome == SignInOutcome.Refused) return StartAgain();
            return Refuse(new FieldErrors().Add(UsesRecovery ? "recoveryCode" : "code", UsesRecovery ? T["This is none of your recovery codes, or it was used."] : T["This is not the code that the authenticator shows now. Each code works once: wait for the next."]), nameof(Input));
        }
        catch (Exception error) when (AuthProblems.Of(error) is { } problem)
        {
            return Refuse(problem);
        }
    }

    private SeeOther StartAgain()
    {
        TempData.Flash(T["Sign in again, please: the first step was too long ago."], "info");
        return new SeeOther(returns.TryAccept(ReturnUrl, out var safe) ? $"/login?returnUrl={Uri.EscapeDataString(safe)}" : "/login");
    }
}

internal sealed class SecondFactorInput
{
    public string? Code { get; set; }

    public string? RecoveryCode { get; set; }
}
