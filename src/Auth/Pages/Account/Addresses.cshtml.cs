using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Addresses;
using ShopSession.Web.Components;

namespace ShopSession.Auth.Pages;

[Authorize]
internal sealed class AddressesModel(Profile profile, AddressBook book) : AccountPage(profile)
{
    /// <summary>The default one first.</summary>
    public IReadOnlyList<SavedAddress> Addresses { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Addresses = await book.ListAsync(Account.Id, cancellationToken);

    public async Task<IActionResult> OnPostDefaultAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await book.PreferAsync(Account.Id, id, cancellationToken)) return NotFound();
        TempData.Flash(T["That address is the default now."]);
        return new SeeOther("/account/addresses");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await book.RemoveAsync(Account.Id, id, cancellationToken)) return NotFound();
        TempData.Flash(T["The address is removed."]);
        return new SeeOther("/account/addresses");
    }
}
