using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Addresses;
using ShopSession.Auth.Api;
using ShopSession.Web.Addresses;
using ShopSession.Web.Components;

namespace ShopSession.Auth.Pages;

/// <summary>One address: a new one, or one of the account's to be changed.</summary>
[Authorize]
internal sealed class AddressModel(Profile profile, AddressBook book) : AccountPage(profile)
{
    private IReadOnlyList<SavedAddress> _all = [];

    /// <summary>An address's id, or <c>new</c>.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    [BindProperty]
    public AddressInput Input { get; set; } = new();

    public bool IsNew => Id == "new";

    /// <summary>Whether it is the default, or becomes so because it is the first.</summary>
    public bool IsDefault => _all.Count == 0 || (Known is { } known && _all[0].Id == known.Id);

    private SavedAddress? Known => Guid.TryParse(Id, out var id) ? _all.FirstOrDefault(row => row.Id == id) : null;

    public IActionResult OnGet()
    {
        if (!IsNew && Known is null) return NotFound();
        Input = Known is { } known ? AddressInput.Of(known) : new AddressInput { Name = Account.DisplayName, Country = _all.Count > 0 ? _all[0].Country : Countries.Home };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!IsNew && Known is null) return NotFound();
        var errors = new FieldErrors();
        if (PostalAddressRules.Check(Input, errors.Fields) is not { } address) return Refuse(errors, nameof(Input));
        try
        {
            if (IsNew) await book.AddAsync(Account.Id, address, Input.Default, cancellationToken);
            else if (!await book.ChangeAsync(Account.Id, Known!.Id, address, Input.Default, cancellationToken)) return NotFound();
        }
        catch (AddressBookFullException full)
        {
            return Refuse(AuthProblems.Of(full)!);
        }

        TempData.Flash(T["The address is saved."]);
        return new SeeOther("/account/addresses");
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken) => _all = await book.ListAsync(Account.Id, cancellationToken);
}
