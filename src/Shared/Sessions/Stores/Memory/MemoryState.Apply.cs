namespace ShopSession.Sessions.Stores.Memory;

// Applying changes. All of it under the lock.
internal sealed partial class MemoryState
{
    private void Apply(MemoryChange change, bool isOwn)
    {
        switch (change)
        {
            case SessionChange session:
                ApplySession(session);
                break;
            case EndChange end:
                ApplyEnd(end);
                break;
            case GenerationChange generation:
                ApplyGeneration(generation);
                break;
        }

        if (isOwn) Changed?.Invoke(change);
    }

    private void ApplySession(SessionChange change)
    {
        if (_ended.ContainsKey(change.Handle)) return;
        if (!_entries.TryGetValue(change.Handle, out var entry))
        {
            // Without tombstones only this process changes its sessions: what is not here has ended.
            if (!_keepsEnds && change.Birth is null) return;
            entry = new MemoryEntry(change.Handle, change.Tag);
        }

        var isBorn = entry.Birth is null && change.Birth is not null;
        if (isBorn && change.Birth!.Generation < Generation(change.Tag)) return;
        entry.Merge(change, _time.GetTimestamp());
        if (_entries.TryAdd(entry.Handle, entry)) _expiries.Enqueue(entry.Handle, ExpiryOf(entry));
        if (entry.Succession is { } succession) HandOver(entry, succession, change);
        if (!isBorn) return;
        // The wait for its birth may have been shorter than its life.
        _expiries.Enqueue(entry.Handle, ExpiryOf(entry));
        if (entry.Birth!.Birth.Ordinal == 0) return;
        User(entry.Tag).Sessions.Add(entry.Handle);
        EvictBeyondLimit(entry.Tag);
    }

    /// <summary>What a peer wrote under an id that it did not know to be replaced goes to the session that took over.</summary>
    private void HandOver(MemoryEntry old, MemorySuccession succession, SessionChange change)
    {
        if (_ended.ContainsKey(succession.Successor) || !_entries.TryGetValue(succession.Successor, out var successor)) return;
        var whole = change.Succession is null ? change : old.ToChange();
        if (whole.Attributes.Count == 0 && whole.Counters.Count == 0) return;
        successor.Merge(new SessionChange(successor.Handle, successor.Tag) { Attributes = whole.Attributes, Counters = whole.Counters }, _time.GetTimestamp());
    }

    private void ApplyEnd(EndChange end)
    {
        if (_keepsEnds && end.Until > _time.GetUtcNow()) _ended[end.Handle] = end.Until;
        Forget(end.Handle);
    }

    private void ApplyGeneration(GenerationChange change)
    {
        var user = User(change.Tag);
        if (change.Generation <= user.Generation) return;
        user.Generation = change.Generation;
        foreach (var handle in user.Sessions.ToArray())
        {
            if (_entries.TryGetValue(handle, out var entry) && entry.Birth!.Generation < change.Generation && !IsFollowed(entry, change.Generation))
                ApplyEnd(new EndChange(handle, EndOf(entry)));
        }
    }

    /// <summary>Whether the session lives on under a new id in this generation; the old id may then still be read for the grace.</summary>
    private bool IsFollowed(MemoryEntry entry, long generation) =>
        entry.Succession is { } succession && _entries.TryGetValue(succession.Successor, out var successor) && successor.Birth?.Generation >= generation;

    /// <summary>
    /// Only the newest as many as allowed live on. Also when births come from peers: every replica that knows the same births then ends the same sessions, so simultaneous sign-ins at several
    /// replicas come down to the limit.
    /// </summary>
    private void EvictBeyondLimit(string tag)
    {
        if (_options.MaxPerUser <= 0 || _options.LimitPolicy != SessionLimitPolicy.NewestWins) return;
        var sessions = SessionsOf(tag);
        foreach (var oldest in sessions.Take(sessions.Count - _options.MaxPerUser)) End(oldest);
    }

    private void Forget(SessionHandle handle)
    {
        if (!_entries.TryRemove(handle, out var entry)) return;
        if (_users.TryGetValue(entry.Tag, out var user))
        {
            user.Sessions.Remove(handle);
            if (user.Sessions.Count == 0 && user.Generation == 0) _users.Remove(entry.Tag);
        }
    }

    private MemoryUser User(string tag)
    {
        if (!_users.TryGetValue(tag, out var user)) _users[tag] = user = new MemoryUser();
        return user;
    }
}
