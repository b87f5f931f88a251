using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Api;
using ShopSession.Auth.Emails;
using ShopSession.Web.Components;

namespace ShopSession.Auth.Pages;

/// <summary>Asks on GET and confirms on POST: mail programs open links to look at them, and that must not confirm anything.</summary>
[SameOriginReferrer]
internal sealed class ConfirmEmailModel(EmailConfirmation confirmation) : FormPage
{
    [BindProperty(SupportsGet = true, Name = "token")]
    public string? Token { get; set; }

    public string? Email { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Email = (await confirmation.FindAsync(Token, cancellationToken))?.Email;
        return Email is null ? Refuse(AuthProblems.LinkInvalid) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await confirmation.ConfirmAsync(HttpContext, Token, cancellationToken);
        if (result == ConfirmationResult.Invalid) return Refuse(AuthProblems.LinkInvalid);
        if (result == ConfirmationResult.Taken) return Refuse(AuthProblems.EmailTaken(new FieldErrors()));
        TempData.Flash(result == ConfirmationResult.Changed ? T["Your account uses the new address from now on."] : T["Your address is confirmed."]);
        // Who is signed in may have been signed out by the change of address.
        return new SeeOther("/account");
    }
}
