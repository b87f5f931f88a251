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

    /// <summary>How many fit, the shown ones among them.</summary>
    public int Total { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => (Users, Total) = await search.FindAsync(Query, page: 1, UserSearch.Most, cancellationToken);
}
