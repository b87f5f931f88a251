using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Api;
using ShopSession.Auth.Recovery;
using ShopSession.Auth.SignIn;
using ShopSession.Web.Components;

namespace ShopSession.Auth.Pages;

[SameOriginReferrer]
internal sealed class ResetPasswordModel(PasswordReset reset) : FormPage
{
    [BindProperty(SupportsGet = true, Name = "token")]
    public string? Token { get; set; }

    [BindProperty]
    public NewPasswordInput Input { get; set; } = new();

    /// <summary>The account's address; <see langword="null"/> when the link does not work.</summary>
    public string? Email { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Email = (await reset.FindAsync(Token, cancellationToken))?.Email;
        return Email is null ? Refuse(AuthProblems.LinkInvalid) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        try
        {
            var errors = await reset.ResetAsync(Token, Input.New, cancellationToken);
            if (errors is null) return Refuse(AuthProblems.LinkInvalid);
            if (errors.Any)
            {
                Email = (await reset.FindAsync(Token, cancellationToken))?.Email;
                return Refuse(errors, nameof(Input));
            }
        }
        catch (Exception error) when (AuthProblems.Of(error) is { } problem)
        {
            return Refuse(problem);
        }

        // Whoever is signed in here is not any more; what is said next belongs to a session of its own.
        if (User.Identity is { IsAuthenticated: true }) await SessionEnding.HereAsync(HttpContext);
        TempData.Flash(T["Your password is changed. Sign in with the new one."]);
        return new SeeOther("/login");
    }
}

internal sealed class NewPasswordInput
{
    public string? New { get; set; }
}
