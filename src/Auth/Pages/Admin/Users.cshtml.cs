using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Administration;
using ShopSession.Web.Security;

namespace ShopSession.Auth.Pages;

[AdministratorsOnly]
internal sealed class AdminUsersModel(UserSearch search) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Query { get; set; }

    public IReadOnlyList<ShopUser> Users { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Users = await search.FindAsync(Query, cancellationToken);
}
