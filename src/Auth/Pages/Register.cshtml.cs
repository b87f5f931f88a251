using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Api;
using ShopSession.Auth.Limits;
using ShopSession.Auth.SignIn;
using ShopSession.Web.Components;
using ShopSession.Web.Returns;

namespace ShopSession.Auth.Pages;

internal sealed class RegisterModel(Registration registration, ReturnUrls returns) : FormPage
{
    [BindProperty]
    public RegisterInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public string WithReturn(string path) => returns.TryAccept(ReturnUrl, out var safe) ? $"{path}?returnUrl={Uri.EscapeDataString(safe)}" : path;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await registration.RegisterAsync(Input.Email, Input.Password, Input.DisplayName, ClientAddress.Of(HttpContext), cancellationToken);
            if (result.User is not { } user) return Refuse(result.Errors, nameof(Input));
            // Unlike the JSON API: whoever filled in this page wants to go on shopping.
            await HttpContext.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, UserPrincipal.Of(user));
            TempData.Flash(T[$"Welcome aboard, {user.DisplayName}."]);
            return Return(returns, ReturnUrl);
        }
        catch (Exception error) when (AuthProblems.Of(error) is { } problem)
        {
            return Refuse(problem);
        }
    }
}

internal sealed class RegisterInput
{
    public string? DisplayName { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }
}
