namespace ShopSession.Sessions.Stores.Memory;

/// <summary>A session as it is held in memory. Changed under the lock of <see cref="MemoryState"/>; <see cref="View"/> is read without it.</summary>
internal sealed class MemoryEntry(SessionHandle handle, string tag)
{
    private readonly Dictionary<string, MemoryAttribute> _attributes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, long Node), MemoryCounter> _counters = [];
    private volatile SessionRecord? _view;
    private volatile MemorySuccession? _succession;

    public SessionHandle Handle => handle;

    public string Tag => tag;

    /// <summary><see langword="null"/>: changes came before the session's birth did. Nobody accepts it as a session.</summary>
    public MemoryBirth? Birth { get; private set; }

    public DateTimeOffset LastSeenAt { get; private set; }

    public MemorySuccession? Succession => _succession;

    /// <summary>When this was last changed, on this process's monotonic clock.</summary>
    public long ChangedAt { get; private set; }

    /// <summary>The session, whatever its age and standing; <see langword="null"/> before its birth.</summary>
    public SessionRecord? View => _view;

    /// <summary>Takes what is newer. Returns what was not known yet of the attributes and counters, for the session that took over.</summary>
    public void Merge(SessionChange change, long timestamp)
    {
        Birth ??= change.Birth;
        if (change.LastSeenAt > LastSeenAt) LastSeenAt = change.LastSeenAt;
        foreach (var attribute in change.Attributes)
        {
            if (!_attributes.TryGetValue(attribute.Name, out var known) || attribute.Stamp > known.Stamp) _attributes[attribute.Name] = attribute;
        }

        foreach (var counter in change.Counters)
        {
            var key = (counter.Name, counter.Node);
            if (!_counters.TryGetValue(key, out var known) || counter.Value > known.Value) _counters[key] = counter;
        }

        _succession ??= change.Succession;
        ChangedAt = timestamp;
        _view = Birth is null ? null : MakeView(Birth);
    }

    /// <summary>This replica's own part of a counter, and the whole.</summary>
    public (long Mine, long Sum) Counter(string name, long node) =>
        (_counters.TryGetValue((name, node), out var mine) ? mine.Value : 0, _counters.Values.Where(counter => counter.Name == name).Sum(counter => counter.Value));

    /// <summary>All of it, as one change that makes the same session elsewhere.</summary>
    public SessionChange ToChange() => new(handle, tag)
    {
        Birth = Birth,
        LastSeenAt = LastSeenAt,
        Attributes = [.. _attributes.Values],
        Counters = [.. _counters.Values],
        Succession = _succession,
    };

    private SessionRecord MakeView(MemoryBirth birth)
    {
        var values = new Dictionary<string, byte[]>(_attributes.Count, StringComparer.Ordinal);
        foreach (var attribute in _attributes.Values)
        {
            if (attribute.Value is { } value) values[attribute.Name] = value;
        }

        return new SessionRecord
        {
            Handle = handle,
            Birth = birth.Birth,
            LastSeenAt = LastSeenAt,
            Ticket = birth.Ticket,
            Attributes = values,
            IsSuperseded = _succession is not null,
        };
    }
}
