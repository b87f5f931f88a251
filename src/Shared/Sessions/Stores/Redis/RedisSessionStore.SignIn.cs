using System.Globalization;
using ShopSession.Redis;
using ShopSession.Sessions.Sealing;
using ShopSession.Sessions.Timeline;

namespace ShopSession.Sessions.Stores.Redis;

// Sign-in: counted, entered and held to the limit in one step.
internal sealed partial class RedisSessionStore
{
    public async ValueTask<StartedSession> SignInAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        var tag = UserTag.For(request.User, await _tagKey.GetAsync(cancellationToken).ConfigureAwait(false));
        var turn = await CountSignInAsync(tag.Value, cancellationToken).ConfigureAwait(false);
        // Both questions are on their way at once.
        var expiring = ExpiredAsync(tag.Value, turn.Members, cancellationToken);
        var marking = request.Replaces is { } replaced ? MarkAsync(replaced, cancellationToken) : Task.FromResult<RedisRecord?>(null);
        await Task.WhenAll(expiring, marking).ConfigureAwait(false);
        var old = await marking.ConfigureAwait(false);
        if (request.Renews && old is null) throw Ended();
        // The mark of another request is not ours to take off.
        var marked = old is null ? null : request.Replaces;
        // What passes to the new session: the guest's things, or the same user's; never another user's.
        var inherits = old is not null && (!request.Replaces!.IsSignedIn || request.Replaces.Tag == tag.Value);
        var (outcome, started) = await TrySignInAsync(request, tag, turn, await expiring.ConfigureAwait(false), inherits ? old : null, cancellationToken).ConfigureAwait(false);
        switch (outcome)
        {
            case SignInOutcome.Overtaken:
                await UnmarkAsync(marked, cancellationToken).ConfigureAwait(false);
                throw new SessionEndedException("All sessions of this account were ended while this sign-in was under way. Sign in again.");
            case SignInOutcome.Ended:
                throw Ended();
            case SignInOutcome.Refused:
                await UnmarkAsync(marked, cancellationToken).ConfigureAwait(false);
                throw new SessionLimitReachedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"This account already has {_options.MaxPerUser} sessions, the most that are allowed. Sign out elsewhere first."));
            default:
                if (old is not null && !(inherits && request.Replaces!.IsSignedIn))
                    await CompleteAsync(request.Replaces!, inherits, started!.Id.Handle, cancellationToken).ConfigureAwait(false);
                return started!;
        }
    }

    private static SessionEndedException Ended() => new("The session ended while the request was on its way. Sign in again.");

    private async ValueTask<(SignInOutcome Outcome, StartedSession? Started)> TrySignInAsync(
        SignInRequest request, UserTag tag, SignInTurn turn, SessionHandle[] expired, RedisRecord? old, CancellationToken cancellationToken)
    {
        var id = SessionId.NewFor(tag);
        var now = _clock.GetUtcNow();
        var replacesOwn = old is not null && request.Replaces!.IsSignedIn;
        // The transaction takes out whatever is beyond the limit, and the replaced session in any case: where the limit was lowered that is more than the one that is refused.
        if (_options is { MaxPerUser: > 0, LimitPolicy: SessionLimitPolicy.Refuse }
            && turn.Members.Except(expired).Count(member => !replacesOwn || member != request.Replaces!.Handle) >= _options.MaxPerUser)
            return (SignInOutcome.Refused, null);
        var birth = request.Renews && replacesOwn
            ? old!.Birth with { Ordinal = turn.Ordinal }
            : SessionBirth.OfLogin(_options, now, replacesOwn ? old!.Birth.CreatedAt : now, request.Ticket.Properties.IsPersistent, turn.Ordinal);

        using var seal = await SealAsync(tag.Value, cancellationToken).ConfigureAwait(false);
        var device = DeviceDescription.Of(request.UserAgent, request.Address);
        var key = _keys.Record(id);
        var index = _keys.Index(tag.Value);
        var transaction = new RedisTransaction()
            .AddHashSet(key, SignInFields(request, id, birth, now, seal, device, old))
            .Add("PEXPIRE", key, RedisRecordWriter.TimeToLive(birth, now))
            // Last of all while the limit is applied, so that it hits exactly the one that it should, whatever order simultaneous sign-ins were counted in.
            .Add("ZADD", index, "+inf", id.Handle.Value)
            .Add("PEXPIRE", index, IndexLife);
        // What has expired must not count towards the limit.
        var expiredReply = AddExpired(transaction, seal, tag.Value, expired, now);
        // The user's own session that is replaced leaves the index in the same step, so that it never counts towards the limit.
        var leaving = transaction.Commands.Count;
        if (replacesOwn) AddCompletion(transaction.Add("ZREM", index, request.Replaces!.Handle.Value), request.Replaces, id.Handle);
        AddLimit(transaction, index);
        var entry = !replacesOwn ? TimelineEntry.SignedIn(now, id.Handle, device)
            : request.Renews ? TimelineEntry.Rotated(now, id.Handle, request.Replaces!.Handle)
            : TimelineEntry.SteppedUp(now, id.Handle, request.Replaces!.Handle, device);
        var entries = _timeline.Add(transaction, seal, tag.Value, entry);
        transaction
            .Add("ZADD", index, "XX", turn.Ordinal, id.Handle.Value)
            .Add("ZSCORE", index, id.Handle.Value)
            .Add("HGET", _keys.User(tag.Value), "g");

        // If this fails, the mark on the old session lapses by itself and the old session works on.
        var replies = await _redis.SendAsync(transaction, cancellationToken).ConfigureAwait(false);
        if (expiredReply is { } position) _report.Expired(replies[position].AsInt64());
        await ForgetEvictedAsync(tag.Value, seal, replies, SessionActor.Limit(id.Handle), cancellationToken).ConfigureAwait(false);
        if (Generation(replies[^1]) != (request.Generation ?? turn.Generation))
        {
            await UndoAsync(tag.Value, id.Handle, entries, cancellationToken).ConfigureAwait(false);
            return (SignInOutcome.Overtaken, null);
        }

        // As at a change of id: a session that had been ended meanwhile must stay so. Who has shown who he is begins a session of his own.
        if (request.Renews && replacesOwn && replies[leaving].AsInt64() == 0)
        {
            await UndoAsync(tag.Value, id.Handle, entries, cancellationToken).ConfigureAwait(false);
            await UndoAsync(tag.Value, request.Replaces!.Handle, [], cancellationToken).ConfigureAwait(false);
            return (SignInOutcome.Ended, null);
        }

        if (replies[^2].IsNull)
        {
            await UndoAsync(tag.Value, id.Handle, entries, cancellationToken).ConfigureAwait(false);
            return (SignInOutcome.Refused, null);
        }

        return (SignInOutcome.Started, new StartedSession(id, Started(id, birth, now, request.Ticket, old, request.Replaces)));
    }

    private List<RedisArgument> SignInFields(SignInRequest request, SessionId id, SessionBirth birth, DateTimeOffset now, UserSeal seal, DeviceDescription device, RedisRecord? old)
    {
        var fields = new List<RedisArgument>();
        _writer.Birth(fields, birth, now);
        _devices.Add(fields, seal, id.Handle, device);
        using var cipher = new SessionCipher(id);
        _writer.Ticket(fields, cipher, request.Ticket);
        if (old is null) return fields;
        using var oldCipher = new SessionCipher(request.Replaces!);
        RedisRecordWriter.Inherit(fields, old, oldCipher, cipher);
        return fields;
    }

    /// <summary>Numbers the sign-in, and looks at what it meets.</summary>
    private async ValueTask<SignInTurn> CountSignInAsync(string tag, CancellationToken cancellationToken)
    {
        var key = _keys.User(tag);
        var replies = await _redis.SendAsync(
            new RedisTransaction().Add("HINCRBY", key, "n", 1).Add("HGET", key, "g").Add("PEXPIRE", key, IndexLife).Add("ZRANGE", _keys.Index(tag), 0, -1).Add("TIME"),
            cancellationToken).ConfigureAwait(false);
        _clock.Take(replies[4]);
        return new SignInTurn(replies[0].AsInt64(), Generation(replies[1]), Handles(replies[3]));
    }

    /// <summary>A sign-in's place among those of its user.</summary>
    /// <param name="Ordinal">Its number.</param>
    /// <param name="Generation">The user's generation when it was counted.</param>
    /// <param name="Members">The sessions in the index then.</param>
    private sealed record SignInTurn(long Ordinal, long Generation, SessionHandle[] Members);

    private enum SignInOutcome
    {
        Started,
        Refused,
        Overtaken,
        Ended,
    }
}
