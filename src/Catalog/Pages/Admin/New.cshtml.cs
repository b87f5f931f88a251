using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Administration;
using ShopSession.Catalog.Pictures;
using ShopSession.Catalog.Products;
using ShopSession.Web.Components;
using ShopSession.Web.Security;

namespace ShopSession.Catalog.Pages.Admin;

/// <summary>A new product, by administrators.</summary>
[AdministratorsOnly]
internal sealed class NewModel(CatalogContext database, ProductRange range, ProductPictures pictures) : PageModel
{
    [BindProperty]
    public ProductInput Input { get; set; } = new();

    public IReadOnlyList<Category> Categories { get; private set; } = [];

    public IReadOnlyList<string> Kinds { get; } = [.. pictures.Kinds.Order(StringComparer.Ordinal)];

    public string? Problem { get; private set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        await LoadAsync(cancellationToken);
        if (ProductDraft.Read(Input, Categories, Kinds, out var errors) is not { } draft) return Refuse(400, T["Nothing was added."], errors);
        var (outcome, id) = await range.AddAsync(draft, User, cancellationToken);
        if (outcome != EditOutcome.Done) return Refuse(409, T["Nothing was added."], new() { ["slug"] = [T["Another product has this address, or had it once. Choose another one."]] });
        TempData.Flash(T["The product is in the shop."]);
        return RedirectToPage("Product", new { id });
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "no-store";
        Categories = await database.Categories.AsNoTracking().OrderBy(category => category.Id).ToListAsync(cancellationToken);
    }

    private PageResult Refuse(int status, string problem, Dictionary<string, string[]> errors)
    {
        Problem = problem;
        Response.StatusCode = status;
        ModelState.AddProblems("Input", errors);
        return Page();
    }
}
