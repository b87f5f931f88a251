using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Api;
using ShopSession.Auth.TwoFactor;
using ShopSession.Web.Components;

namespace ShopSession.Auth.Pages;

[Authorize(AuthPolicies.RecentSignIn)]
internal sealed class TwoFactorModel(Profile profile, TwoFactorSetup setup) : AccountPage(profile)
{
    public AuthenticatorKey? Key { get; private set; }

    /// <summary>New recovery codes, in the one answer that shows them.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public int CodesLeft { get; private set; }

    [BindProperty]
    public SecondFactorInput Input { get; set; } = new();

    public async Task<IActionResult> OnPostSetupAsync()
    {
        if (Account.TwoFactorEnabled || !Account.EmailConfirmed) return new SeeOther("/account/two-factor");
        Key = await setup.BeginAsync(Account.Id);
        return Page();
    }

    public async Task<IActionResult> OnPostOnAsync(CancellationToken cancellationToken)
    {
        if (Account.TwoFactorEnabled || !Account.EmailConfirmed) return new SeeOther("/account/two-factor");
        try
        {
            RecoveryCodes = await setup.TurnOnAsync(HttpContext, Input.Code, cancellationToken);
            if (RecoveryCodes is not null) return Page();
            Key = await setup.BeginAsync(Account.Id);
            return Refuse(new FieldErrors().Add("code", T["This is not the code that the authenticator shows now. Each code works once: wait for the next."]), nameof(Input));
        }
        catch (Exception error) when (AuthProblems.Of(error) is { } problem)
        {
            Key = await setup.BeginAsync(Account.Id);
            return Refuse(problem);
        }
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        RecoveryCodes = await setup.RenewRecoveryCodesAsync(Account.Id);
        return RecoveryCodes is null ? new SeeOther("/account/two-factor") : Page();
    }

    public async Task<IActionResult> OnPostOffAsync()
    {
        await setup.TurnOffAsync(Account.Id);
        TempData.Flash(T["Two-factor sign-in is off."]);
        return new SeeOther("/account/two-factor");
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken) => CodesLeft = await setup.CountRecoveryCodesAsync(Account.Id, cancellationToken);
}
