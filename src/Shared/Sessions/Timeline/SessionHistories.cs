using ShopSession.Sessions.Sealing;

namespace ShopSession.Sessions.Timeline;

/// <summary>Sorts a user's timeline into the histories of the single sessions, each followed over its changes of id.</summary>
internal static class SessionHistories
{
    /// <param name="newestFirst">The user's entries.</param>
    /// <returns>The session with the newest event first.</returns>
    public static IReadOnlyList<SessionHistory> From(IReadOnlyList<TimelineEntry> newestFirst)
    {
        // A change of id leads from the handle before to the one after it, until the newest.
        var successors = new Dictionary<SessionHandle, SessionHandle>();
        foreach (var entry in newestFirst)
        {
            if (entry is { Kind: SessionEventKind.Rotated or SessionEventKind.SteppedUp, Other: { } before }) successors.TryAdd(before, entry.Session);
        }

        var sessions = newestFirst.GroupBy(entry => Newest(successors, entry.Session)).ToDictionary(group => group.Key, group => group.ToArray());
        return [.. sessions.Select(session => History(session.Key, session.Value, handle => DeviceOf(sessions, Newest(successors, handle))))];
    }

    private static SessionHistory History(SessionHandle handle, TimelineEntry[] entries, Func<SessionHandle, DeviceDescription?> deviceOf)
    {
        var device = DeviceOf(entries);
        var hasEnded = false;
        var events = new List<SessionEvent>(entries.Length);
        // Oldest first: a session ends once, and what two replicas noticed of it at the same time counts once.
        foreach (var entry in entries.Reverse())
        {
            var isEnd = entry.Kind is SessionEventKind.SignedOut or SessionEventKind.Revoked or SessionEventKind.Expired;
            if (isEnd && hasEnded) continue;
            hasEnded |= isEnd;
            var by = entry.Actor is { } kind ? new SessionActor(kind, entry.Other, entry.Name) : null;
            events.Add(new SessionEvent(entry.At, entry.Kind, by, by?.Session is { } other ? deviceOf(other)?.UserAgent : null));
        }

        events.Reverse();
        if (events.Count > SessionHistory.MaxEvents) events.RemoveRange(SessionHistory.MaxEvents, events.Count - SessionHistory.MaxEvents);
        return new SessionHistory(handle, device?.UserAgent ?? "", device?.Address ?? "", events);
    }

    private static DeviceDescription? DeviceOf(Dictionary<SessionHandle, TimelineEntry[]> sessions, SessionHandle handle) =>
        sessions.TryGetValue(handle, out var entries) ? DeviceOf(entries) : null;

    private static DeviceDescription? DeviceOf(TimelineEntry[] newestFirst) => newestFirst.FirstOrDefault(entry => entry.Device is not null)?.Device;

    private static SessionHandle Newest(Dictionary<SessionHandle, SessionHandle> successors, SessionHandle handle)
    {
        // Bounded by the number of changes: handles are never used again, so there is no circle.
        for (var step = 0; step <= successors.Count && successors.TryGetValue(handle, out var next); step++) handle = next;
        return handle;
    }
}
