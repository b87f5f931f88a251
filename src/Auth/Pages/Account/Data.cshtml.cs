using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Api;
using ShopSession.Auth.Erasure;
using ShopSession.Auth.SignIn;
using ShopSession.Web;

namespace ShopSession.Auth.Pages;

[Authorize(AuthPolicies.RecentSignIn)]
internal sealed class AccountDataModel(Profile profile, AccountErasure erasure, ShopUrls urls) : AccountPage(profile)
{
    [BindProperty]
    public DeleteInput Input { get; set; } = new();

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            var errors = await erasure.DeleteAsync(HttpContext, Account, Input.Password, cancellationToken);
            if (errors.Any) return Refuse(errors, nameof(Input));
        }
        catch (Exception error) when (AuthProblems.Of(error) is { } problem)
        {
            return Refuse(problem);
        }

        await SessionEnding.HereAsync(HttpContext);
        return new SeeOther(urls.Home());
    }
}

internal sealed class DeleteInput
{
    public string? Password { get; set; }
}
