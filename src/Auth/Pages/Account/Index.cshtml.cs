using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Api;
using ShopSession.Auth.Emails;
using ShopSession.Auth.Limits;
using ShopSession.Auth.SignIn;
using ShopSession.Web.Components;

namespace ShopSession.Auth.Pages;

[Authorize]
internal sealed class AccountModel(Profile profile, PasswordChange passwordChange, EmailConfirmation confirmation) : AccountPage(profile)
{
    [BindProperty]
    public NameInput Name { get; set; } = new();

    [BindProperty]
    public PasswordInput Password { get; set; } = new();

    public void OnGet() => Name.DisplayName = Account.DisplayName;

    public async Task<IActionResult> OnPostNameAsync(CancellationToken cancellationToken)
    {
        var errors = await Profile.RenameAsync(Account, Name.DisplayName, cancellationToken);
        if (errors.Any) return Refuse(errors, nameof(Name));
        // The name is part of the session, so that no service has to ask for it: this device has it at once, others from their next sign-in.
        await UserPrincipal.RenewAsync(HttpContext, Account);
        TempData.Flash(T["Your name is saved."]);
        return new SeeOther("/account");
    }

    public async Task<IActionResult> OnPostConfirmationAsync(CancellationToken cancellationToken)
    {
        Name.DisplayName = Account.DisplayName;
        ModelState.Remove("Name.DisplayName");
        try
        {
            await confirmation.SendAgainAsync(Account, ClientAddress.Of(HttpContext), cancellationToken);
        }
        catch (Exception error) when (AuthProblems.Of(error) is { } problem)
        {
            return Refuse(problem);
        }

        TempData.Flash(T[$"We have sent a link to {Account.Email}."]);
        return new SeeOther("/account");
    }

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancellationToken)
    {
        Name.DisplayName = Account.DisplayName;
        ModelState.Remove("Name.DisplayName");
        try
        {
            var result = await passwordChange.RunAsync(HttpContext, Password.Current, Password.New, cancellationToken);
            if (result.Errors.Any) return Refuse(result.Errors, nameof(Password));
            if (!result.OthersEnded) return Refuse(AuthProblems.OthersNotEnded);
        }
        catch (Exception error) when (AuthProblems.Of(error) is { } problem)
        {
            return Refuse(problem);
        }

        TempData.Flash(T["Your password is changed. Every other device is signed out."]);
        return new SeeOther("/account");
    }
}

internal sealed class NameInput
{
    public string? DisplayName { get; set; }
}

internal sealed class PasswordInput
{
    public string? Current { get; set; }

    public string? New { get; set; }
}
