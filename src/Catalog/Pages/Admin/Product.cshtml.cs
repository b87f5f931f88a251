using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Catalog.Administration;
using ShopSession.Catalog.Products;
using ShopSession.Web.Components;
using ShopSession.Web.Security;

namespace ShopSession.Catalog.Pages.Admin;

/// <summary>One product, for administrators: what it says, what it costs, how many there are, and who changed what.</summary>
[AdministratorsOnly]
internal sealed class ProductModel(ProductFinder finder, ProductEditor editor, ProductRange range) : PageModel
{
    [BindProperty]
    public EditInput Edit { get; set; } = new();

    [BindProperty]
    public StockInput Stock { get; set; } = new();

    [BindProperty]
    public SizeInput Size { get; set; } = new();

    public Product Product { get; private set; } = null!;

    public IReadOnlyList<ProductChange> Changes { get; private set; } = [];

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostEditAsync(string id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Stock = new() { Key = Guid.NewGuid().ToString() };
        if (ProductEdit.Read(Edit.Name, Edit.Price, Edit.Summary, Edit.Description, Edit.Chinese, out var errors) is not { } edit) return Refuse(400, T["Nothing was changed."], "Edit", errors);
        if (!long.TryParse(Edit.Revision, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) seen = -1;
        switch (await editor.EditAsync(Product.Id, seen, edit, User, cancellationToken))
        {
            case EditOutcome.Done:
                return Saved(T["Saved."]);
            case EditOutcome.Unknown:
                return NotFound();
            default:
                // What was typed stays in the fields; saving again is a decision made with the new state in sight.
                await LoadAsync(id, cancellationToken);
                Edit.Revision = Product.Revision.ToString(CultureInfo.InvariantCulture);
                return Refuse(409, T["Somebody else changed this product since you opened it: see below what. Your text is still in the fields; save again to put it in place."], "Edit", []);
        }
    }

    public async Task<IActionResult> OnPostStockAsync(string id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var typed = Stock;
        Fill();
        Stock = typed;
        if (StockAdjustment.Read(Stock.Pieces, Stock.Reason, Stock.Key, out var errors) is not { } adjustment) return Refuse(400, T["The stock was not changed."], "Stock", errors);
        switch (await editor.AdjustAsync(Product.Id, adjustment, User, cancellationToken))
        {
            case EditOutcome.Done:
                return Saved(T["The stock is adjusted."]);
            case EditOutcome.Unknown:
                return NotFound();
            default:
                await LoadAsync(id, cancellationToken);
                return Refuse(409, T["The stock was not changed."], "Stock", new() { ["pieces"] = [T[$"Only {Product.Available} are free: {Product.Stock} on the shelf, {Product.Held} held for orders under way."]] });
        }
    }

    public async Task<IActionResult> OnPostSizeAsync(string id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (!await LoadAsync(id, cancellationToken) || Product.ParentId is not null) return NotFound();
        Fill();
        if (SizeDraft.Read(Product, Size.Size, Size.Price, Size.Stock, Size.ListedSize, out var errors) is not { } draft) return Refuse(400, T["No size was added."], "Size", errors);
        var (outcome, _) = await range.AddSizeAsync(Product.Id, draft, User, cancellationToken);
        return outcome switch
        {
            EditOutcome.Done => Saved(T["The size is in the shop."]),
            EditOutcome.Unknown => NotFound(),
            _ => Refuse(409, T["No size was added."], "Size", new() { ["size"] = [T["Another product has the address that this size would get."]] }),
        };
    }

    public async Task<IActionResult> OnPostRetireAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        return await range.RetireAsync(Product.Id, User, cancellationToken) == EditOutcome.Done ? Saved(T["It is no longer sold."]) : NotFound();
    }

    public async Task<IActionResult> OnPostRestoreAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        switch (await range.RestoreAsync(Product.Id, User, cancellationToken))
        {
            case EditOutcome.Done:
                return Saved(T["It is sold again."]);
            case EditOutcome.Unknown:
                return NotFound();
            default:
                Fill();
                return Refuse(409, T["The listed size is not sold either: sell that one again first."], "Edit", []);
        }
    }

    private RedirectToPageResult Saved(string message)
    {
        TempData.Flash(message);
        return RedirectToPage(new { id = Product.Id });
    }

    private void Fill()
    {
        Edit = new()
        {
            Name = Product.Name,
            Price = Product.Price.ToString("0.00", CultureInfo.InvariantCulture),
            Summary = Product.Summary,
            Description = Product.Description,
            Chinese = ChineseInput.Of(Product),
            Revision = Product.Revision.ToString(CultureInfo.InvariantCulture),
        };
        Stock = new() { Key = Guid.NewGuid().ToString() };
    }

    private PageResult Refuse(int status, string problem, string form, Dictionary<string, string[]> errors)
    {
        Problem = problem;
        Response.StatusCode = status;
        ModelState.AddProblems(form, errors);
        return Page();
    }

    private async Task<bool> LoadAsync(string id, CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "no-store";
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        if (await finder.FindAsync(number, cancellationToken) is not { } product) return false;
        Product = product;
        Changes = await finder.ChangesAsync(number, cancellationToken);
        return true;
    }

    /// <summary>The fields as they were typed.</summary>
    public sealed class EditInput
    {
        public string? Name { get; set; }

        public string? Price { get; set; }

        public string? Summary { get; set; }

        public string? Description { get; set; }

        public ChineseInput Chinese { get; set; } = new();

        /// <summary>The revision that the page showed.</summary>
        public string? Revision { get; set; }
    }

    /// <summary>The fields as they were typed.</summary>
    public sealed class SizeInput
    {
        public string? Size { get; set; }

        /// <summary>Empty: the listed product's.</summary>
        public string? Price { get; set; }

        public string? Stock { get; set; }

        /// <summary>The size of the listed product, when it has none yet.</summary>
        public string? ListedSize { get; set; }
    }

    /// <summary>The fields as they were typed.</summary>
    public sealed class StockInput
    {
        public string? Pieces { get; set; }

        public string? Reason { get; set; }

        /// <summary>New with each page, so that one press counts once.</summary>
        public string? Key { get; set; }
    }
}
