using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Administration;
using ShopSession.Auth.Api;
using ShopSession.Auth.SignIn;
using ShopSession.Sessions;
using ShopSession.Web.Components;
using ShopSession.Web.Security;

namespace ShopSession.Auth.Pages;

/// <summary>One account, for administrators who signed in a short while ago.</summary>
[AdministratorsOnly]
[Authorize(AuthPolicies.RecentSignIn)]
internal sealed class AdminUserModel(UserSearch search, UserAdministration administration, ISessionDirectory directory, TimeProvider time) : FormPage
{
    public ShopUser Account { get; private set; } = null!;

    public IReadOnlyList<SessionDevice> Sessions { get; private set; } = [];

    public IReadOnlyList<AuditLine> Audit { get; private set; } = [];

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await search.GetAsync(id, cancellationToken) is not { } account) return NotFound();
        Account = account;
        Sessions = await directory.ListAsync(new UserId(id), cancellationToken);
        Audit = await search.AuditAsync(id, before: null, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostLockAsync(string id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await administration.LockAsync(HttpContext, id, cancellationToken), T["The account is locked."], cancellationToken);

    public async Task<IActionResult> OnPostUnlockAsync(string id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await administration.UnlockAsync(HttpContext, id, cancellationToken), T["The account is unlocked."], cancellationToken);

    public async Task<IActionResult> OnPostGrantAsync(string id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await administration.GrantAsync(HttpContext, id, cancellationToken), T["An administrator from their next sign-in."], cancellationToken);

    public async Task<IActionResult> OnPostWithdrawAsync(string id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await administration.WithdrawAsync(HttpContext, id, cancellationToken), T["No administrator any more."], cancellationToken);

    public async Task<IActionResult> OnPostEndAllAsync(string id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await administration.EndAllSessionsAsync(HttpContext, id, cancellationToken), T["All sessions are ended."], cancellationToken);

    public async Task<IActionResult> OnPostEndSessionAsync(string id, string? session, CancellationToken cancellationToken) =>
        SessionHandle.TryParse(session, out var handle)
            ? await AfterAsync(id, await administration.EndSessionAsync(HttpContext, id, handle, cancellationToken), T["The session is ended."], cancellationToken)
            : NotFound();

    private async Task<IActionResult> AfterAsync(string id, AdministrationResult result, string message, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case AdministrationResult.Done:
                // Who ended their own session has none that a message could wait in.
                if (id == User.UserId().Value && (await directory.ListAsync(new UserId(id), cancellationToken)).All(session => session.Handle != HttpContext.GetSharedSession().Handle)) return new SeeOther("/login");
                TempData.Flash(message);
                return new SeeOther($"/admin/users/{Uri.EscapeDataString(id)}");
            case AdministrationResult.Gone:
                return NotFound();
            default:
                var page = await OnGetAsync(id, cancellationToken);
                return page is NotFoundResult ? page : Refuse(AuthProblems.Of(result));
        }
    }
}
