using Microsoft.EntityFrameworkCore;
using ShopSession.Cart.Orders;

namespace ShopSession.Cart.Payments;

/// <summary>
/// Plays a payment provider, with everything that one does to a shop: the token decides how it goes. No money moves.
/// <list type="table">
/// <item><term>success</term><description>charged at once</description></item>
/// <item><term>decline</term><description>declined at once</description></item>
/// <item><term>slow</term><description>charged after three seconds</description></item>
/// <item><term>timeout</term><description>never answers and never charges</description></item>
/// <item><term>unknown</term><description>charges, but its answer is lost; what became of it is known two seconds later</description></item>
/// </list>
/// </summary>
internal sealed class TestPaymentProvider(IDbContextFactory<CartDbContext> databases, OrderWriter writer, TimeProvider time) : IPaymentProvider
{
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LateKnowledge = TimeSpan.FromSeconds(2);

    public string Method => "test";

    public bool Accepts(string token) => token is "success" or "decline" or "slow" or "timeout" or "unknown";

    public async Task<PaymentOutcome> ChargeAsync(PaymentRequest request, CancellationToken cancellationToken)
    {
        switch (request.Token)
        {
            case "slow":
                await Task.Delay(SlowAnswer, time, cancellationToken);
                break;
            case "timeout":
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                break;
        }

        var now = time.GetUtcNow();
        var payment = await EnterAsync(new TestPayment
        {
            OrderId = request.Order,
            Amount = request.Amount,
            State = request.Token == "decline" ? TestPaymentState.Declined : TestPaymentState.Charged,
            KnownAt = request.Token == "unknown" ? now + LateKnowledge : now,
        }, cancellationToken);
        return request.Token == "unknown" ? throw new TimeoutException("The provider's answer was lost.") : Outcome(payment);
    }

    public async Task<PaymentOutcome> FindAsync(Guid order, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var payment = await database.TestPayments.AsNoTracking().SingleOrDefaultAsync(x => x.OrderId == order, cancellationToken);
        return payment is null ? new PaymentOutcome(PaymentStatus.NotFound) : Outcome(payment);
    }

    public async Task VoidAsync(Guid order, CancellationToken cancellationToken)
    {
        await EnterAsync(new TestPayment { OrderId = order, State = TestPaymentState.Voided, KnownAt = time.GetUtcNow() }, cancellationToken);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.TestPayments
            .Where(x => x.OrderId == order)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, TestPaymentState.Voided), cancellationToken);
    }

    // The order's id is the ledger's key: whoever comes first decides, everybody else is told what was decided.
    private async Task<TestPayment> EnterAsync(TestPayment payment, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.TestPayments.AsNoTracking().SingleOrDefaultAsync(x => x.OrderId == payment.OrderId, cancellationToken) is { } known) return known;
        database.TestPayments.Add(payment);
        try
        {
            await writer.SaveAsync(database, cancellationToken);
            return payment;
        }
        catch (DbUpdateException)
        {
            database.ChangeTracker.Clear();
            if (await database.TestPayments.AsNoTracking().SingleOrDefaultAsync(x => x.OrderId == payment.OrderId, cancellationToken) is { } other) return other;
            throw;
        }
    }

    private PaymentOutcome Outcome(TestPayment payment) => payment switch
    {
        { State: TestPaymentState.Charged } when payment.KnownAt > time.GetUtcNow() => new PaymentOutcome(PaymentStatus.Unknown),
        { State: TestPaymentState.Charged } => new PaymentOutcome(PaymentStatus.Charged, $"test-{payment.OrderId:N}"),
        _ => new PaymentOutcome(PaymentStatus.Declined),
    };
}
