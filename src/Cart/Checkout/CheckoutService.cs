using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Catalog;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Views;

namespace ShopSession.Cart.Checkout;

/// <summary>Orders what is in the visitor's cart, once for each idempotency key.</summary>
internal sealed class CheckoutService(
    IDbContextFactory<CartDbContext> databases,
    CurrentCart current,
    ICartStore carts,
    CartViews views,
    CheckoutValidator validator,
    CheckoutProcessor processor,
    OrderWriter writer,
    IOptions<CheckoutOptions> options,
    TimeProvider time)
{
    /// <summary>
    /// Orders, or repeats the answer that the key got before. An order that was accepted is returned, also while its payment is not
    /// known yet; everything else is an exception.
    /// </summary>
    public async Task<Order> PlaceAsync(HttpContext context, CheckoutRequest request, string key, CancellationToken cancellationToken)
    {
        var details = validator.Check(request, context.User.FindFirstValue(ClaimTypes.Email));
        var cart = await current.FindAsync(context, cancellationToken) ?? throw new CartEmptyException();
        var owner = CurrentCart.SignedIn(context) is { } user ? OrderOwner.Of(user) : OrderOwner.Of(cart);
        var fingerprint = IdempotencyKey.Fingerprint(details);
        if (await FindAsync(owner, key, cancellationToken) is { } known) return await RepeatAsync(context, owner, known, fingerprint, cancellationToken);

        var order = await DraftAsync(cart, owner, details, key, fingerprint, request, cancellationToken);
        // From here on the shopper's going away does not stop the order: what was begun is brought to an end.
        return await WriteAsync(context, owner, order, CancellationToken.None);
    }

    private async Task<Order> DraftAsync(
        CartId cart, OrderOwner owner, CheckoutDetails details, string key, string fingerprint, CheckoutRequest request, CancellationToken cancellationToken)
    {
        var state = await carts.ReadAsync(cart, cancellationToken);
        if (state.Moved is { } move) throw new CartMovedException(move);
        state.Expect(request.CartVersion);
        if (state.Lines.IsEmpty) throw new CartEmptyException();
        var view = await views.ShowAsync(state, cancellationToken);
        var totals = OrderableCart.Check(view, details, request.AcceptedTotal);
        return OrderDraft.Make(cart, owner, details, key, fingerprint, view, totals, time.GetUtcNow(), options.Value.Lease);
    }

    private async Task<Order> WriteAsync(HttpContext context, OrderOwner owner, Order order, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            database.Orders.Add(order);
            try
            {
                await writer.SaveAsync(database, cancellationToken);
                return await AnswerAsync(context, owner, order, await processor.RunAsync(database, order, CheckoutDriver.Shopper, cancellationToken));
            }
            catch (DbUpdateException) when (attempt <= 2)
            {
                // One of the two unique indexes said no, or the database is in trouble: the rows tell which.
                database.ChangeTracker.Clear();
                if (await FindAsync(owner, order.IdempotencyKey, cancellationToken) is { } known) return await RepeatAsync(context, owner, known, order.RequestHash, cancellationToken);
                if (await database.Orders.AsNoTracking().SingleOrDefaultAsync(x => x.OpenCart == order.Cart, cancellationToken) is not { } open) throw;
                // The cart is in another checkout. If nobody works on that one any more, it ends here and now.
                if (await processor.ContinueAsync(open.Id, CheckoutDriver.Background, cancellationToken) is not { OpenCart: null }) throw new CheckoutInProgressException(null);
            }
        }
    }

    private async Task<Order> RepeatAsync(HttpContext context, OrderOwner owner, Order known, string fingerprint, CancellationToken cancellationToken)
    {
        if (known.RequestHash != fingerprint) throw new IdempotencyKeyReusedException();
        // Accepted: the background takes care of the rest, and this key's answer is the order.
        return await AnswerAsync(context, owner, known, known.AcceptedAt is not null || !known.Unfinished
            ? known
            : await processor.ContinueAsync(known.Id, CheckoutDriver.Shopper, CancellationToken.None));
    }

    private async Task<Order> AnswerAsync(HttpContext context, OrderOwner owner, Order asked, Order? reached)
    {
        if (CurrentCart.SignedIn(context) is null) owner.RememberIn(context);
        return reached switch
        {
            null => throw new CheckoutInProgressException(asked.Id),
            { Failure: not null } => throw new OrderFailedException(reached),
            { AcceptedAt: null } => throw new CheckoutInProgressException(asked.Id),
            // Read back, so that the first answer and its repetitions are the same to the letter.
            _ => await FindAsync(owner, asked.IdempotencyKey, CancellationToken.None) ?? reached,
        };
    }

    private async Task<Order?> FindAsync(OrderOwner owner, string key, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Orders.AsNoTracking()
            .Include(x => x.Lines.OrderBy(line => line.Position)).Include(x => x.Events.OrderBy(entry => entry.Position)).AsSplitQuery()
            .SingleOrDefaultAsync(x => x.Owner == owner.Value && x.IdempotencyKey == key, cancellationToken);
    }
}
