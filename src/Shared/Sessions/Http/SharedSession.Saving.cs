using Microsoft.AspNetCore.Http;
using ShopSession.Sessions.Diagnostics;
using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.Http;

// Writing: what the request changed, before the first byte of the response.
internal sealed partial class SharedSession
{
    public async ValueTask<long> IncrementAsync(string counter, long by = 1, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(counter);
        ThrowIfUnavailable();
        ThrowIfDataless();
        if (_record is null) await CommitAsync(create: true, cancellationToken).ConfigureAwait(false);
        ThrowIfSuperseded();
        if (services.Carrier.IsWhole) return await IncrementCarriedAsync(counter, by, cancellationToken).ConfigureAwait(false);
        var (outcome, value) = await services.Store.IncrementAsync(_id!, _record!, counter, by, cancellationToken).ConfigureAwait(false);
        ThrowUnlessSaved(outcome);
        return value;
    }

    /// <summary>Stores what is owed. Called before the first byte of the response leaves, and again at its end.</summary>
    public ValueTask CommitAsync(CancellationToken cancellationToken) => CommitAsync(create: false, cancellationToken);

    /// <summary>Counts as use now, whatever the sliding interval. Unlike the sliding of ordinary requests its failure is told.</summary>
    public async ValueTask UseAsync(CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        ThrowIfSuperseded();
        if (_id is null || _record is null) return;
        _touch = false;
        ThrowUnlessSaved(await services.Store.SaveAsync(_id, _record, _changes, cancellationToken).ConfigureAwait(false));
        if (services.Carrier.IsWhole) TakeOn(WithChanges(_record));
    }

    /// <summary>Where the client keeps the session a counter is an attribute: of overlapping requests the last answer wins, as with every other.</summary>
    private async ValueTask<long> IncrementCarriedAsync(string counter, long by, CancellationToken cancellationToken)
    {
        ISession session = this;
        var name = "counter:" + counter;
        var value = (session.TryGetValue(name, out var bytes) && bytes.Length == sizeof(long) ? BitConverter.ToInt64(bytes) : 0) + by;
        session.Set(name, BitConverter.GetBytes(value));
        await CommitAsync(cancellationToken).ConfigureAwait(false);
        return value;
    }

    private async ValueTask CommitAsync(bool create, CancellationToken cancellationToken)
    {
        if (_changes.IsEmpty && !create)
        {
            if (_touch) await TouchAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await StoreAsync(create, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Stored or refused: the page that reports a failure must not meet it again.
            _changes.Reset();
        }
    }

    private async ValueTask StoreAsync(bool create, CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        if (_record is null)
        {
            if (!create && _changes.Attributes.Values.All(value => value is null)) return;
            var id = SessionId.NewAnonymous();
            var record = await services.Store.CreateAsync(id, _changes, cancellationToken).ConfigureAwait(false);
            services.Report.Created(id.Handle);
            Adopt(new StartedSession(id, record));
            return;
        }

        ThrowIfSuperseded();
        ThrowUnlessSaved(await services.Store.SaveAsync(_id!, _record, _changes, cancellationToken).ConfigureAwait(false));
        TakeOn(WithChanges(_record));
        _touch = false;
    }

    private async ValueTask TouchAsync(CancellationToken cancellationToken)
    {
        _touch = false;
        if (!services.UseClaims.TryClaim(_record!.Handle)) return;
        try
        {
            await services.Store.SaveAsync(_id!, _record, _changes, cancellationToken).ConfigureAwait(false);
            if (services.Carrier.IsWhole) TakeOn(WithChanges(_record));
        }
        catch (SessionStoreUnavailableException exception)
        {
            // Nothing was promised but the time of last use; the next request writes it. The response must not fail for it.
            SessionLog.TouchFailed(services.Logger, exception);
        }
    }

    /// <summary>The session as it is now; where the client keeps it, the client is given it first, so that a session too large changes nothing.</summary>
    private void TakeOn(SessionRecord record)
    {
        if (services.Carrier.IsWhole) Hand(_id!, record);
        Keep(_id!, record);
    }

    private SessionRecord WithChanges(SessionRecord record)
    {
        var attributes = new Dictionary<string, byte[]>(record.Attributes, StringComparer.Ordinal);
        foreach (var (name, value) in _changes.Attributes)
        {
            if (value is null) attributes.Remove(name);
            else attributes[name] = value;
        }

        return new SessionRecord
        {
            Handle = record.Handle,
            Birth = record.Birth,
            LastSeenAt = services.Store.Clock.GetUtcNow(),
            Ticket = record.Ticket,
            Attributes = attributes,
            Opened = record.Opened,
        };
    }
}
