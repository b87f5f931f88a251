using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Cart.Api;
using ShopSession.Cart.Orders;
using ShopSession.Web.Components;
using ShopSession.Web.Errors;
using ShopSession.Web.Security;

namespace ShopSession.Cart.Pages.Admin;

/// <summary>One order, for administrators: move it on, or cancel it. Both name the state that was seen, so that nobody undoes another's work.</summary>
[AdministratorsOnly]
internal sealed class OrderModel(OrderQueries orders, OrderTransitions transitions, OrderCancellation cancellation, OrderLog log) : PageModel
{
    public Order Order { get; private set; } = new();

    public IReadOnlyList<OrderAction> Actions { get; private set; } = [];

    public ShopProblem? Problem { get; private set; }

    /// <summary>What is wrong with the note that was sent.</summary>
    public string? NoteError { get; private set; }

    public Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) => ShowAsync(id, cancellationToken);

    /// <summary>Moves the order from the state that the page showed to the next one.</summary>
    public async Task<IActionResult> OnPostAdvanceAsync(string id, string? from, string? note, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<OrderState>(from, out var seen) || seen.Next() is not { } next) return await RefuseAsync(id, ShopProblems.Invalid("from", T["This step does not exist: open the order anew."]), cancellationToken);
        if (!CheckNote(note, needed: false)) return await RefuseAsync(id, ShopProblems.Invalid("note", NoteError!), cancellationToken);
        if (!Guid.TryParse(id, out var order) || !await transitions.TryAsync(order, seen, next, OrderActor.Administrator(User), OrderNote.Text(note), cancellationToken)) return await RefuseAsync(id, CartProblems.OrderChanged, cancellationToken);
        TempData.Flash(T[$"Noted: {OrderStates.InWords(next.Word()).ToLower(CultureInfo.CurrentCulture)}."]);
        return new SeeOtherResult($"/admin/orders/{order}");
    }

    public async Task<IActionResult> OnPostCancelAsync(string id, string? note, CancellationToken cancellationToken)
    {
        if (!CheckNote(note, needed: true)) return await RefuseAsync(id, ShopProblems.Invalid("note", NoteError!), cancellationToken);
        if (!Guid.TryParse(id, out var order) || await orders.FindAsync(OrderViewer.Shop, order, cancellationToken) is null) return await ShowAsync(id, cancellationToken);
        try
        {
            await cancellation.CancelAsync(order, OrderActor.Administrator(User), OrderNote.Text(note), cancellationToken);
            TempData.Flash(T["The order is cancelled; money and goods go back."]);
            return new SeeOtherResult($"/admin/orders/{order}");
        }
        catch (OrderNotCancellableException late)
        {
            return await RefuseAsync(id, CartProblems.Of(late)!, cancellationToken);
        }
    }

    private bool CheckNote(string? note, bool needed)
    {
        NoteError = OrderNote.Problem(note, needed);
        return NoteError is null;
    }

    private Task<IActionResult> RefuseAsync(string id, ShopProblem problem, CancellationToken cancellationToken)
    {
        Problem = problem;
        Response.StatusCode = problem.Status;
        return ShowAsync(id, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var number) || await orders.FindAsync(OrderViewer.Shop, number, cancellationToken) is not { } order)
        {
            await (ShopProblems.NotFound with { Detail = T["There is no such order."] }).AsResult().ExecuteAsync(HttpContext);
            return new EmptyResult();
        }
        Order = order;
        Actions = await log.OfAsync(order.Id, cancellationToken);
        Response.Headers.CacheControl = "no-store";
        return Page();
    }
}
