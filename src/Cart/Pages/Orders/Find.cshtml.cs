using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Cart.Api;
using ShopSession.Cart.Limits;
using ShopSession.Cart.Orders;
using ShopSession.Web.Errors;

namespace ShopSession.Cart.Pages.Orders;

/// <summary>Finds an order that was placed without an account, from any browser.</summary>
[Limited(LimitedRequest.OrderLookup)]
internal sealed class FindModel(GuestOrders guests) : PageModel
{
    [BindProperty]
    public FindInput Input { get; set; } = new();

    public ShopProblem? Problem { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        try
        {
            var (number, email) = OrderEndpoints.Check(Input.Number, Input.Email);
            if (await guests.FindAsync(number, email, cancellationToken) is not { } order) return Refuse(CartProblems.GuestOrderNotFound);
            FoundOrders.Add(HttpContext, order.Id);
            return new SeeOtherResult($"/orders/{order.Id}");
        }
        catch (InvalidInputException invalid)
        {
            foreach (var (field, messages) in invalid.Problem.Errors) ModelState.AddModelError(field == "number" ? "Input.Number" : "Input.Email", messages[0]);
            return Refuse(invalid.Problem);
        }
    }

    private PageResult Refuse(ShopProblem problem)
    {
        Problem = problem;
        Response.StatusCode = problem.Status;
        return Page();
    }

    /// <summary>The form's fields as they were typed.</summary>
    public sealed class FindInput
    {
        public string? Number { get; set; }

        public string? Email { get; set; }
    }
}
