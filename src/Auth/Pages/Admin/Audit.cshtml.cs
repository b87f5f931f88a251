using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Auth.Administration;
using ShopSession.Web.Security;

namespace ShopSession.Auth.Pages;

[AdministratorsOnly]
internal sealed class AdminAuditModel(UserSearch search) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    /// <summary>Where the older entries go on; <see langword="null"/>: there are none.</summary>
    public long? Older => Lines.Count == UserSearch.Most ? Lines[^1].Entry.Id : null;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Lines = await search.AuditAsync(subject: null, Before, cancellationToken);
}
