using Microsoft.AspNetCore.Mvc.Filters;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.SignIn;

namespace ShopSession.Auth.Pages;

/// <summary>A page about the account that is signed in.</summary>
internal abstract class AccountPage(Profile profile) : FormPage
{
    public ShopUser Account { get; private set; } = null!;

    protected Profile Profile { get; } = profile;

    public sealed override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (await Profile.FindAsync(User.UserId().Value, HttpContext.RequestAborted) is not { } account)
        {
            // The account was deleted while its session lived on.
            await SessionEnding.HereAsync(HttpContext);
            context.Result = new SeeOther("/login");
            return;
        }

        Account = account;
        await LoadAsync(HttpContext.RequestAborted);
        await next();
    }

    /// <summary>Reads what every handler of the page needs besides the account.</summary>
    protected virtual Task LoadAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
