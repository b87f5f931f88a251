namespace ShopSession.Sessions.Stores.Memory;

// What keeps the memory bounded: expired sessions are swept, and beyond the limit guests make room.
internal sealed partial class MemoryState
{
    /// <summary>Looked at when room is needed; beyond that the memory is full of sessions that must not be ended.</summary>
    private const int EvictionLooks = 64;

    /// <summary>Makes sure that one more session fits. Ends the guest's session that would expire first if it must.</summary>
    /// <exception cref="SessionStoreUnavailableException">The memory is full of signed-in sessions.</exception>
    public void MakeRoom()
    {
        if (_entries.Count < _options.MaxInMemory) return;
        SweepDue(_time.GetUtcNow());
        if (_entries.Count < _options.MaxInMemory) return;
        var kept = new List<(SessionHandle Handle, DateTimeOffset At)>();
        for (var looks = 0; looks < EvictionLooks && _entries.Count >= _options.MaxInMemory && _expiries.TryDequeue(out var handle, out var at); looks++)
        {
            if (!_entries.TryGetValue(handle, out var entry)) continue;
            // Used since it was queued: it goes back to where it belongs now, and is met again if that is soon.
            if (ExpiryOf(entry) > at) _expiries.Enqueue(handle, ExpiryOf(entry));
            else if (entry.Birth is { Ticket: not null }) kept.Add((handle, at));
            else End(entry);
        }

        foreach (var (handle, at) in kept) _expiries.Enqueue(handle, at);
        if (_entries.Count >= _options.MaxInMemory)
            throw new SessionStoreUnavailableException($"This replica holds {_entries.Count} sessions, the most that are allowed (Session:MaxInMemory). Allow more, or keep sessions in a central store.");
    }

    /// <summary>Drops what has expired. Called every 15 seconds.</summary>
    public void Sweep()
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            SweepDue(now);
            foreach (var (handle, until) in _ended)
            {
                if (until <= now) _ended.Remove(handle);
            }

            // A generation matters as long as a session of an earlier one may live.
            var oldest = (now - LongestLife).ToUnixTimeMilliseconds() * 1000;
            foreach (var (tag, user) in _users)
            {
                if (user.Sessions.Count == 0 && user.Generation < oldest) _users.Remove(tag);
            }
        }
    }

    private TimeSpan LongestLife => _options.AbsoluteTimeout > _options.RememberMeTimeout ? _options.AbsoluteTimeout : _options.RememberMeTimeout;

    private void SweepDue(DateTimeOffset now)
    {
        while (_expiries.TryPeek(out var handle, out var at) && at <= now)
        {
            _expiries.Dequeue();
            if (!_entries.TryGetValue(handle, out var entry)) continue;
            var expires = ExpiryOf(entry);
            if (expires <= now) Forget(handle);
            else _expiries.Enqueue(handle, expires);
        }
    }

    private DateTimeOffset ExpiryOf(MemoryEntry entry)
    {
        if (entry.View is not { } view) return _time.GetUtcNow() + FragmentLife - _time.GetElapsedTime(entry.ChangedAt);
        return entry.Succession is { } succession && succession.Until < view.ExpiresAt ? succession.Until : view.ExpiresAt;
    }
}
