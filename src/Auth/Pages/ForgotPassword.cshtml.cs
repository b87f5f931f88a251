using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Api;
using ShopSession.Auth.Limits;
using ShopSession.Auth.Recovery;

namespace ShopSession.Auth.Pages;

internal sealed class ForgotPasswordModel(PasswordReset reset) : FormPage
{
    [BindProperty]
    public EmailInput Input { get; set; } = new();

    /// <summary>Whether the form was sent; the same for addresses with and without account.</summary>
    [BindProperty(SupportsGet = true, Name = "sent")]
    public bool Sent { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (EmailAddress.Parse(Input.Email, out var error) is not { } email) return Refuse(new FieldErrors().Add(FieldErrors.Email, error), nameof(Input));
        try
        {
            await reset.RequestAsync(email, ClientAddress.Of(HttpContext), cancellationToken);
        }
        catch (Exception exception) when (AuthProblems.Of(exception) is { } problem)
        {
            return Refuse(problem);
        }

        return new SeeOther("/forgot-password?sent=true");
    }
}

internal sealed class EmailInput
{
    public string? Email { get; set; }
}
