using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using ShopSession.Cart.Addresses;
using ShopSession.Cart.Api;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Checkout;
using ShopSession.Cart.Limits;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Views;
using ShopSession.Sessions;
using ShopSession.Web.Addresses;
using ShopSession.Web.Components;
using ShopSession.Web.Errors;

namespace ShopSession.Cart.Pages;

/// <summary>Address, delivery, payment and the button. The key in the form makes one press one order.</summary>
[Limited(LimitedRequest.Order)]
internal sealed class CheckoutModel(
    CartService carts, CartViews views, CheckoutService checkout, OrderQueries orders, SavedAddresses addresses, IOptions<CheckoutOptions> options) : PageModel
{
    [BindProperty]
    public CheckoutInput Input { get; set; } = new();

    [BindProperty]
    public string? Key { get; set; }

    /// <summary>The total that the page showed.</summary>
    [BindProperty]
    public string? AcceptedTotal { get; set; }

    [BindProperty]
    public string? CartVersion { get; set; }

    /// <summary>The saved address that is to be filled in; empty: another one.</summary>
    [BindProperty(Name = "address")]
    public string? ChosenAddress { get; set; }

    /// <summary>The account's addresses, the default first; <see langword="null"/> for guests and when auth does not answer.</summary>
    public IReadOnlyList<SavedAddress>? Saved { get; private set; }

    public CartView Cart { get; private set; } = CartView.Empty;

    public OrderTotals Totals { get; private set; }

    public ShopProblem? Problem { get; private set; }

    /// <summary>Whether an address was chosen that could not be filled in.</summary>
    public bool AddressMissed { get; private set; }

    public TimeSpan HoldTime => options.Value.HoldTime;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Key = Guid.NewGuid().ToString("N");
        var viewer = await OrderViewer.OfAsync(HttpContext, cancellationToken);
        Input = CheckoutInput.From((await orders.ListAsync(viewer, 1, 1, cancellationToken)).Orders is [var last] ? last : null);
        Input.Email ??= User.FindFirstValue(ClaimTypes.Email);
        await LoadSavedAsync(cancellationToken);
        if (Saved is [var preferred, ..]) Input.GoesTo(preferred.Address);
        return await ShowAsync(cancellationToken);
    }

    /// <summary>Works out the total for another country or delivery; orders nothing.</summary>
    public async Task<IActionResult> OnPostReviewAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        await LoadSavedAsync(cancellationToken);
        return await ShowAsync(cancellationToken);
    }

    /// <summary>Fills in the chosen address and keeps everything else that was typed; orders nothing.</summary>
    public async Task<IActionResult> OnPostAddressAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        await LoadSavedAsync(cancellationToken);
        if (!string.IsNullOrEmpty(ChosenAddress))
        {
            if (Saved?.FirstOrDefault(saved => saved.Id.ToString() == ChosenAddress) is { } chosen) Input.GoesTo(chosen.Address);
            else AddressMissed = true;
        }
        // Another one: the fields are emptied for it, unless one was typed already.
        else if (Saved?.Any(saved => Input.IsTo(saved.Address)) == true) Input.GoesTo(null);
        return await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        try
        {
            var request = Input.ToRequest() with { AcceptedTotal = Amount(AcceptedTotal), CartVersion = Version(CartVersion) };
            var order = await checkout.PlaceAsync(HttpContext, request, IdempotencyKey.Check(Key), cancellationToken);
            if (Input.SaveAddress && CurrentCart.SignedIn(HttpContext) is { } user) await SaveAddressAsync(user, order, cancellationToken);
            return new SeeOtherResult($"/orders/{order.Id}");
        }
        catch (CheckoutInProgressException busy) when (busy.Order is { } order)
        {
            // The same button, pressed again: the first press is being answered, and its order's page waits for it.
            return new SeeOtherResult($"/orders/{order}");
        }
        catch (Exception exception) when (CartProblems.Of(exception) is not null)
        {
            // A key that got its final answer is used up; the next press is a new order.
            if (exception is OrderFailedException or IdempotencyKeyReusedException || Key is null) Key = Guid.NewGuid().ToString("N");
            return await RefuseAsync(CartProblems.Of(exception)!, cancellationToken);
        }
    }

    private async Task LoadSavedAsync(CancellationToken cancellationToken)
    {
        if (CurrentCart.SignedIn(HttpContext) is { } user) Saved = await addresses.ListAsync(user, cancellationToken);
    }

    /// <summary>The order stands, whatever comes of this.</summary>
    private async Task SaveAddressAsync(UserId user, Order order, CancellationToken cancellationToken)
    {
        var address = new PostalAddress(order.Name, order.Line1, order.Line2, order.City, order.PostalCode, order.Country);
        var result = await addresses.SaveAsync(user, address, cancellationToken);
        if (result == SaveResult.Full) TempData.Flash(T["Your account keeps as many addresses as it can, so this one was not saved."], "info");
        if (result == SaveResult.NoAnswer) TempData.Flash(T["The address could not be saved just now. You can add it in your account."], "warning");
    }

    private async Task<IActionResult> RefuseAsync(ShopProblem problem, CancellationToken cancellationToken)
    {
        foreach (var (field, messages) in problem.Errors)
        {
            foreach (var message in messages) ModelState.AddModelError(CheckoutInput.FieldOf(field), message);
        }
        Problem = problem;
        await LoadSavedAsync(cancellationToken);
        Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } wait) Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        Cart = await views.ShowAsync(await carts.ShowAsync(HttpContext, cancellationToken), cancellationToken);
        // Nothing to order, or something to solve first: the cart's page says which.
        if (Cart.Lines.Count == 0 || (Cart.IsBlocked && Cart.Verified && Problem is null)) return new SeeOtherResult("/");
        Totals = TotalsRules.Of(Cart.Total, Input.KnownCountry, Input.KnownDelivery);
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    private static decimal? Amount(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    private static long? Version(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
