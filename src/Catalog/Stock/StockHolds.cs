using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Products;
using ShopSession.Data;

namespace ShopSession.Catalog.Stock;

/// <summary>A product of which fewer pieces are left than asked for.</summary>
internal sealed record Shortage(int ProductId, int Requested, int Available);

/// <summary>What came of asking for a hold.</summary>
internal abstract record HoldResult
{
    /// <summary>The pieces are set aside.</summary>
    public sealed record Held(Guid OrderId, DateTimeOffset ExpiresAt) : HoldResult;

    /// <summary>Nothing is set aside.</summary>
    public sealed record Short(IReadOnlyList<Shortage> Shortages) : HoldResult;

    /// <summary>The order already holds other pieces, or was given back.</summary>
    public sealed record Differs(string Reason) : HoldResult;
}

/// <summary>What came of confirming, releasing or returning a hold.</summary>
internal enum HoldChange
{
    Done,
    Unknown,
    Expired,
    WrongState,
}

/// <summary>
/// Sets pieces aside for orders under way. Every step is one database transaction that moves the hold from one state to the next only if
/// it is still in the first, and may be repeated: of any number of replicas that try, one moves it. Scoped: one per request.
/// </summary>
internal sealed partial class StockHolds(CatalogContext database, ShopDatabase<CatalogContext> facts, StockWriteGate gate, TimeProvider time, ILogger<StockHolds> logger)
{
    public async Task<HoldResult> HoldAsync(Guid order, IReadOnlyDictionary<int, int> lines, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(facts.Facts.Provider, cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var known = await database.Holds.AsNoTracking().Include(hold => hold.Lines).FirstOrDefaultAsync(hold => hold.OrderId == order, cancellationToken);
        if (known is not null && Repeated(known, lines, now) is { } answer) return answer;

        // In the order of ids, so that two holds that share products wait for one another instead of locking each other out.
        var shortages = new List<Shortage>();
        foreach (var (product, quantity) in lines.OrderBy(line => line.Key))
        {
            if (await TakeAsync(product, quantity, cancellationToken)) continue;
            // Pieces of holds whose time is over count as free: give them back and try once more.
            await ExpireAsync(now, cancellationToken);
            if (!await TakeAsync(product, quantity, cancellationToken)) shortages.Add(new(product, quantity, await LeftAsync(product, cancellationToken)));
        }

        if (shortages.Count > 0)
        {
            await transaction.RollbackAsync(cancellationToken);
            LogShort(logger, order, shortages.Count);
            return new HoldResult.Short(shortages);
        }

        // As exact as the database keeps it, so that the answer to a repetition is the same to the letter.
        var expiresAt = new DateTimeOffset((now + duration).UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        if (known is not null) await database.Holds.Where(hold => hold.OrderId == order).ExecuteDeleteAsync(cancellationToken);
        database.Holds.Add(new StockHold { OrderId = order, State = HoldState.Active, ExpiresAt = expiresAt, Lines = [.. lines.Select(line => new StockHoldLine { OrderId = order, ProductId = line.Key, Quantity = line.Value })] });
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new HoldResult.Held(order, expiresAt);
        }
        // The same order came twice at once, and the other was first: what this one took is undone, and both get the same answer.
        catch (DbUpdateException)
        {
            await transaction.RollbackAsync(cancellationToken);
            database.ChangeTracker.Clear();
            known = await database.Holds.AsNoTracking().Include(hold => hold.Lines).FirstOrDefaultAsync(hold => hold.OrderId == order, cancellationToken);
            if (known is not null && Repeated(known, lines, now) is { } other) return other;
            throw;
        }
    }

    /// <summary>The pieces are sold: stock goes down, once.</summary>
    public Task<HoldChange> ConfirmAsync(Guid order, CancellationToken cancellationToken) => MoveAsync(order, HoldState.Active, HoldState.Confirmed, stock: -1, held: -1, cancellationToken);

    /// <summary>The pieces go back, once. There being no such hold is what the caller wants.</summary>
    public async Task<HoldChange> ReleaseAsync(Guid order, CancellationToken cancellationToken)
    {
        var change = await MoveAsync(order, HoldState.Active, HoldState.Released, stock: 0, held: -1, cancellationToken);
        return change is HoldChange.Unknown or HoldChange.Expired ? HoldChange.Done : change;
    }

    /// <summary>The order was cancelled after it had been paid: what was sold goes back on the shelf, once.</summary>
    public Task<HoldChange> ReturnAsync(Guid order, CancellationToken cancellationToken) => MoveAsync(order, HoldState.Confirmed, HoldState.Returned, stock: 1, held: 0, cancellationToken);

    /// <summary>Gives back what holds still keep after their time; returns how many there were.</summary>
    public async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Asked outside of a transaction: the usual answer is that there is nothing to do, and then nobody is kept waiting.
        if (!await database.Holds.AnyAsync(hold => hold.State == HoldState.Active && hold.ExpiresAt <= now, cancellationToken)) return 0;
        using var turn = await gate.EnterAsync(facts.Facts.Provider, cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var count = await ExpireAsync(now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    /// <summary>Deletes what is remembered of holds that ended long ago (<see cref="HoldOptions"/>); returns how many there were.</summary>
    public async Task<int> ForgetAsync(HoldOptions keep, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset ended = now - keep.KeepEnded, sold = now - keep.KeepSold;
        var old = database.Holds.Where(hold =>
            ((hold.State == HoldState.Released || hold.State == HoldState.Expired || hold.State == HoldState.Returned) && hold.ExpiresAt <= ended) || (hold.State == HoldState.Confirmed && hold.ExpiresAt <= sold));
        if (!await old.AnyAsync(cancellationToken)) return 0;
        using var turn = await gate.EnterAsync(facts.Facts.Provider, cancellationToken);
        // The lines go with them, by the foreign key.
        return await old.ExecuteDeleteAsync(cancellationToken);
    }

    private static HoldResult? Repeated(StockHold known, IReadOnlyDictionary<int, int> lines, DateTimeOffset now)
    {
        var same = known.Lines.Count == lines.Count && known.Lines.All(line => lines.TryGetValue(line.ProductId, out var quantity) && quantity == line.Quantity);
        return known.State switch
        {
            HoldState.Active when known.ExpiresAt > now => same ? new HoldResult.Held(known.OrderId, known.ExpiresAt) : new HoldResult.Differs("The order already holds other pieces: release them first."),
            // Its pieces are still set aside, but its time is over: only the sweep may touch them.
            HoldState.Active => new HoldResult.Differs("The hold's time is over: use a new order id."),
            HoldState.Confirmed => same ? new HoldResult.Held(known.OrderId, known.ExpiresAt) : new HoldResult.Differs("The order's pieces are already sold."),
            _ => null,
        };
    }

    private async Task<bool> TakeAsync(int product, int quantity, CancellationToken cancellationToken) =>
        await database.Products.Where(p => p.Id == product && p.RetiredAt == null && p.Stock - p.Held >= quantity)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Held, p => p.Held + quantity), cancellationToken) == 1;

    private Task<int> LeftAsync(int product, CancellationToken cancellationToken) =>
        database.Products.Where(p => p.Id == product && p.RetiredAt == null).Select(p => p.Stock - p.Held).FirstOrDefaultAsync(cancellationToken);

    private async Task<HoldChange> MoveAsync(Guid order, HoldState from, HoldState to, int stock, int held, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(facts.Facts.Provider, cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var moved = await database.Holds.Where(hold => hold.OrderId == order && hold.State == from && (from != HoldState.Active || to != HoldState.Confirmed || hold.ExpiresAt > now))
            .ExecuteUpdateAsync(set => set.SetProperty(hold => hold.State, to), cancellationToken);
        if (moved == 0)
        {
            var state = await database.Holds.Where(hold => hold.OrderId == order).Select(hold => (HoldState?)hold.State).FirstOrDefaultAsync(cancellationToken);
            if (state == to) return HoldChange.Done;
            return state switch
            {
                null => HoldChange.Unknown,
                HoldState.Active or HoldState.Expired or HoldState.Released when from == HoldState.Active => HoldChange.Expired,
                _ => HoldChange.WrongState,
            };
        }

        await PutAsync(order, stock, held, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogMoved(logger, order, from, to);
        return HoldChange.Done;
    }

    private async Task PutAsync(Guid order, int stock, int held, CancellationToken cancellationToken)
    {
        var lines = await database.Set<StockHoldLine>().AsNoTracking().Where(line => line.OrderId == order).OrderBy(line => line.ProductId).ToListAsync(cancellationToken);
        foreach (var line in lines)
        {
            int shelf = stock * line.Quantity, aside = held * line.Quantity;
            await database.Products.Where(product => product.Id == line.ProductId)
                .ExecuteUpdateAsync(set => set.SetProperty(product => product.Stock, product => product.Stock + shelf).SetProperty(product => product.Held, product => product.Held + aside), cancellationToken);
        }
    }

    private async Task<int> ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var count = 0;
        var over = await database.Holds.Where(hold => hold.State == HoldState.Active && hold.ExpiresAt <= now).OrderBy(hold => hold.OrderId).Select(hold => hold.OrderId).ToListAsync(cancellationToken);
        foreach (var order in over)
        {
            if (await database.Holds.Where(hold => hold.OrderId == order && hold.State == HoldState.Active).ExecuteUpdateAsync(set => set.SetProperty(hold => hold.State, HoldState.Expired), cancellationToken) == 0) continue;
            await PutAsync(order, stock: 0, held: -1, cancellationToken);
            LogMoved(logger, order, HoldState.Active, HoldState.Expired);
            count++;
        }

        return count;
    }

    [LoggerMessage(4101, LogLevel.Debug, "Hold {Order} went from {From} to {To}")]
    private static partial void LogMoved(ILogger logger, Guid order, HoldState from, HoldState to);

    [LoggerMessage(4102, LogLevel.Information, "Hold {Order} was refused: {Count} products are short")]
    private static partial void LogShort(ILogger logger, Guid order, int count);
}
