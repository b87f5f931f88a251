using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Passkeys;
using ShopSession.Web.Components;

namespace ShopSession.Auth.Pages;

/// <summary>The account's passkeys. Adding one is a script's work, because WebAuthn is; everything else is not.</summary>
[Authorize(AuthPolicies.RecentSignIn)]
internal sealed class PasskeysModel(Profile profile, PasskeyList passkeys, TimeProvider time) : AccountPage(profile)
{
    public IReadOnlyList<Passkey> Passkeys { get; private set; } = [];

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync(CancellationToken cancellationToken) => Passkeys = await passkeys.ReadAsync(Account.Id, cancellationToken);

    public async Task<IActionResult> OnPostRenameAsync(Guid id, string? name, CancellationToken cancellationToken)
    {
        if (PasskeyName.Parse(name, out var error) is not { } parsed) TempData.Flash(error, "error");
        else if (!await passkeys.RenameAsync(Account.Id, id, parsed, cancellationToken)) return NotFound();
        else TempData.Flash(T["The passkey has its new name."]);
        return new SeeOther("/account/passkeys");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await passkeys.RemoveAsync(Account, id, cancellationToken)) return NotFound();
        TempData.Flash(T["The passkey is removed."]);
        return new SeeOther("/account/passkeys");
    }
}
