using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Api;
using ShopSession.Auth.Emails;
using ShopSession.Auth.Limits;
using ShopSession.Web.Components;

namespace ShopSession.Auth.Pages;

[Authorize(AuthPolicies.RecentSignIn)]
internal sealed class ChangeEmailModel(Profile profile, EmailChange change) : AccountPage(profile)
{
    [BindProperty]
    public EmailInput Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        try
        {
            var errors = await change.RequestAsync(Account, Input.Email, ClientAddress.Of(HttpContext), cancellationToken);
            if (errors.Any) return Refuse(errors, nameof(Input));
        }
        catch (Exception error) when (AuthProblems.Of(error) is { } problem)
        {
            return Refuse(problem);
        }

        TempData.Flash(T["We have sent a link to the new address. Open it to make the change."]);
        return new SeeOther("/account");
    }
}
