using Microsoft.Extensions.DependencyInjection;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Checkout;
using ShopSession.Cart.Payments;

namespace ShopSession.Cart.Tests.Checkout;

/// <summary>The process "dies" once, before or after a call to the outside: nothing after it runs, nothing is tidied up.</summary>
internal sealed class CrashPlan(string point)
{
    private int _crashed;

    public bool HasCrashed => Volatile.Read(ref _crashed) != 0;

    public void Install(IServiceCollection services)
    {
        Wrap<IStockHolds>(services, inner => new CrashingStock(inner, this));
        Wrap<IPaymentProvider>(services, inner => new CrashingPayments(inner, this));
        Wrap<ICartStore>(services, inner => new CrashingCarts(inner, this));
    }

    public async Task<T> RunAsync<T>(string step, Func<Task<T>> call)
    {
        Crash($"before {step}");
        var result = await call();
        Crash($"after {step}");
        return result;
    }

    private static void Wrap<T>(IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var original = services.Last(service => service.ServiceType == typeof(T));
        services.AddSingleton(provider => wrap((T)ActivatorUtilities.CreateInstance(provider, original.ImplementationType!)));
    }

    private void Crash(string here)
    {
        if (here == point && Interlocked.Exchange(ref _crashed, 1) == 0) throw new CrashException();
    }

    internal sealed class CrashException : Exception;

    private sealed class CrashingStock(IStockHolds inner, CrashPlan plan) : IStockHolds
    {
        public Task<HoldResult> HoldAsync(Guid order, IReadOnlyList<HoldLine> lines, TimeSpan duration, CancellationToken cancellationToken) =>
            plan.RunAsync("hold", () => inner.HoldAsync(order, lines, duration, cancellationToken));

        public Task<bool> ConfirmAsync(Guid order, CancellationToken cancellationToken) =>
            plan.RunAsync("confirm", () => inner.ConfirmAsync(order, cancellationToken));

        public Task<bool> ReturnAsync(Guid order, CancellationToken cancellationToken) =>
            plan.RunAsync("return", () => inner.ReturnAsync(order, cancellationToken));

        public Task ReleaseAsync(Guid order, CancellationToken cancellationToken) => plan.RunAsync("release", async () =>
        {
            await inner.ReleaseAsync(order, cancellationToken);
            return true;
        });
    }

    private sealed class CrashingPayments(IPaymentProvider inner, CrashPlan plan) : IPaymentProvider
    {
        public string Method => inner.Method;

        public bool Accepts(string token) => inner.Accepts(token);

        public Task<PaymentOutcome> ChargeAsync(PaymentRequest request, CancellationToken cancellationToken) =>
            plan.RunAsync("charge", () => inner.ChargeAsync(request, cancellationToken));

        public Task<PaymentOutcome> FindAsync(Guid order, CancellationToken cancellationToken) => inner.FindAsync(order, cancellationToken);

        public Task VoidAsync(Guid order, CancellationToken cancellationToken) => plan.RunAsync("refund", async () =>
        {
            await inner.VoidAsync(order, cancellationToken);
            return true;
        });
    }

    private sealed class CrashingCarts(ICartStore inner, CrashPlan plan) : ICartStore
    {
        public Task<CartState> ReadAsync(CartId cart, CancellationToken cancellationToken) => inner.ReadAsync(cart, cancellationToken);

        public Task<CartCount> CountAsync(CartId cart, CancellationToken cancellationToken) => inner.CountAsync(cart, cancellationToken);

        public Task DeleteAsync(CartId cart, CancellationToken cancellationToken) => inner.DeleteAsync(cart, cancellationToken);

        public async Task<CartState> ChangeAsync(CartId cart, CartOperation operation, Func<CartState, CartState> change, CancellationToken cancellationToken)
        {
            var settles = false;
            var before = await inner.ReadAsync(cart, cancellationToken);
            if (before.Lines.Count > 0) settles = change(before).SettledOrders.Count > before.SettledOrders.Count;
            return settles
                ? await plan.RunAsync("settle", () => inner.ChangeAsync(cart, operation, change, cancellationToken))
                : await inner.ChangeAsync(cart, operation, change, cancellationToken);
        }
    }
}
