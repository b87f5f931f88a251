using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Administration;
using ShopSession.Catalog.Pictures;
using ShopSession.Catalog.Products;
using ShopSession.Catalog.Search;
using ShopSession.Web.Errors;
using ShopSession.Web.Security;

namespace ShopSession.Catalog.Api;

/// <summary>What the administration's pages do, as JSON, for who has the role.</summary>
internal static class AdminEndpoints
{
    public static void MapProductAdministration(this WebApplication app)
    {
        var products = app.MapAdministration("/products");
        products.MapGet("", ListAsync);
        products.MapPost("", AddAsync);
        products.MapGet("/{id:int}", FindAsync);
        products.MapPut("/{id:int}", EditAsync);
        products.MapDelete("/{id:int}", async (int id, ProductRange range, HttpContext context) => Answer(await range.RetireAsync(id, context.User, context.RequestAborted)));
        products.MapPost("/{id:int}/restore", async (int id, ProductRange range, HttpContext context) => Answer(await range.RestoreAsync(id, context.User, context.RequestAborted)));
        products.MapPost("/{id:int}/stock", AdjustAsync);
        products.MapPost("/{id:int}/sizes", AddSizeAsync);
        products.MapGet("/{id:int}/changes", ChangesAsync);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, bool? retired, ProductSearch search, ProductFinder finder, CancellationToken cancellationToken)
    {
        var query = ProductQuery.Read(request.Query, out var errors);
        if (errors.Count > 0) return ShopProblems.Invalid(errors).AsResult();
        var page = retired == true ? await finder.RetiredAsync(query, cancellationToken) : await search.ReadAsync(query, withFacets: false, cancellationToken);
        return TypedResults.Ok(new AdminProducts([.. page.Items.Select(AdminProduct.Of)], page.Total, query.Page, query.PageSize));
    }

    private static async Task<IResult> FindAsync(int id, ProductFinder finder, CancellationToken cancellationToken) =>
        await finder.FindAsync(id, cancellationToken) is { } product ? TypedResults.Ok(AdminProduct.Of(product)) : ShopProblems.NotFound.AsResult();

    private static async Task<IResult> ChangesAsync(int id, ProductFinder finder, CancellationToken cancellationToken)
    {
        if (await finder.FindAsync(id, cancellationToken) is null) return ShopProblems.NotFound.AsResult();
        return TypedResults.Ok((await finder.ChangesAsync(id, cancellationToken)).Select(AdminProductChange.Of));
    }

    private static async Task<IResult> AddAsync(AddProductRequest body, HttpContext context, CatalogContext database, ProductPictures pictures, ProductRange range, ProductFinder finder, CancellationToken cancellationToken)
    {
        var categories = await database.Categories.AsNoTracking().OrderBy(category => category.Id).ToListAsync(cancellationToken);
        if (ProductDraft.Read(body.ToInput(), categories, pictures.Kinds, out var errors) is not { } draft) return ShopProblems.Invalid(errors).AsResult();
        var (outcome, id) = await range.AddAsync(draft, context.User, cancellationToken);
        return outcome == EditOutcome.Done ? await CreatedAsync(id, finder, cancellationToken) : Taken("slug", T["Another product has this address, or had it once. Choose another one."]);
    }

    private static async Task<IResult> EditAsync(int id, EditProductRequest body, HttpContext context, ProductEditor editor, CancellationToken cancellationToken)
    {
        var edit = ProductEdit.Read(body.Name, Numbers.Text(body.Price), body.Summary, body.Description, body.Chinese, out var errors);
        if (body.Revision is null) errors["revision"] = ["Give the revision that you read, so that nobody else's change is lost."];
        return edit is null || body.Revision is not { } seen ? ShopProblems.Invalid(errors).AsResult() : Answer(await editor.EditAsync(id, seen, edit, context.User, cancellationToken));
    }

    private static async Task<IResult> AdjustAsync(int id, StockRequest body, HttpContext context, ProductEditor editor, CancellationToken cancellationToken)
    {
        if (StockAdjustment.Read(Numbers.Text(body.Pieces), body.Reason, body.Key, out var errors) is { } adjustment) return Answer(await editor.AdjustAsync(id, adjustment, context.User, cancellationToken));
        if (errors.ContainsKey("key")) errors["key"] = ["Give a new UUID for each adjustment: a repetition with the same one counts once."];
        return ShopProblems.Invalid(errors).AsResult();
    }

    private static async Task<IResult> AddSizeAsync(int id, SizeRequest body, HttpContext context, ProductRange range, ProductFinder finder, CancellationToken cancellationToken)
    {
        if (await finder.FindAsync(id, cancellationToken) is not { ParentId: null, RetiredAt: null } listed) return ShopProblems.NotFound.AsResult();
        if (SizeDraft.Read(listed, body.Size, Numbers.Text(body.Price), Numbers.Text(body.Stock), body.ListedSize, out var errors) is not { } draft) return ShopProblems.Invalid(errors).AsResult();
        var (outcome, size) = await range.AddSizeAsync(id, draft, context.User, cancellationToken);
        return outcome switch
        {
            EditOutcome.Done => await CreatedAsync(size, finder, cancellationToken),
            EditOutcome.Unknown => ShopProblems.NotFound.AsResult(),
            _ => Taken("size", T["Another product has the address that this size would get."]),
        };
    }

    private static async Task<IResult> CreatedAsync(int id, ProductFinder finder, CancellationToken cancellationToken) =>
        TypedResults.Created($"/api/admin/products/{id}", AdminProduct.Of((await finder.FindAsync(id, cancellationToken))!));

    private static IResult Taken(string field, string message) =>
        (ShopProblems.Conflict with { Detail = message, Errors = new Dictionary<string, string[]> { [field] = [message] } }).AsResult();

    private static IResult Answer(EditOutcome outcome) => outcome switch
    {
        EditOutcome.Done => TypedResults.NoContent(),
        EditOutcome.Unknown => ShopProblems.NotFound.AsResult(),
        EditOutcome.TooFew => (ShopProblems.Conflict with { Detail = "Fewer pieces are free: the others are held for orders under way.", Errors = new Dictionary<string, string[]> { ["pieces"] = ["Fewer pieces are free."] } }).AsResult(),
        _ => ShopProblems.Conflict.AsResult(),
    };
}
