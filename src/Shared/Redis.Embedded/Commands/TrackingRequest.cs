using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;
using ShopSession.Redis.Embedded.Tracking;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>The options of CLIENT TRACKING and the rules about which go together.</summary>
internal sealed class TrackingRequest
{
    // Each is compared with each, and with each key that changes: half a million in one command held everybody up for minutes.
    private const int MostPrefixes = 10_000;

    public long RedirectTo { get; private set; }

    public bool IsBroadcast { get; private set; }

    public bool IsOptIn { get; private set; }

    public bool IsOptOut { get; private set; }

    public bool NoLoop { get; private set; }

    public List<byte[]> Prefixes { get; } = [];

    public static TrackingRequest Parse(CommandContext c)
    {
        var request = new TrackingRequest();
        for (var i = 3; i < c.Count; i++)
        {
            var hasValue = i + 1 < c.Count;
            if (c.Is(i, "REDIRECT"u8) && hasValue) request.TakeRedirect(c, ++i);
            else if (c.Is(i, "BCAST"u8)) request.IsBroadcast = true;
            else if (c.Is(i, "OPTIN"u8)) request.IsOptIn = true;
            else if (c.Is(i, "OPTOUT"u8)) request.IsOptOut = true;
            else if (c.Is(i, "NOLOOP"u8)) request.NoLoop = true;
            else if (c.Is(i, "PREFIX"u8) && hasValue) request.Prefixes.Add(c[++i]);
            else throw new CommandException(Errors.Syntax);
        }

        return request;
    }

    /// <param name="current">How the client tracks now, if it does.</param>
    public void Check(TrackingState? current)
    {
        if (!IsBroadcast && Prefixes.Count > 0) throw new CommandException("ERR PREFIX option requires BCAST mode to be enabled");
        if (current is not null && current.IsBroadcast != IsBroadcast)
            throw new CommandException("ERR You can't switch BCAST mode on/off before disabling tracking for this client, and then re-enabling it with a different mode.");
        if (IsBroadcast && (IsOptIn || IsOptOut)) throw new CommandException("ERR OPTIN and OPTOUT are not compatible with BCAST");
        if (IsOptIn && IsOptOut) throw new CommandException("ERR You can't specify both OPTIN mode and OPTOUT mode");
        if (current is not null && ((IsOptIn && current.IsOptOut) || (IsOptOut && current.IsOptIn)))
            throw new CommandException("ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and then re-enabling it with a different mode.");
        if (IsBroadcast) CheckPrefixes(current);
    }

    private void CheckPrefixes(TrackingState? current)
    {
        if (Prefixes.Count + (current?.Prefixes.Count ?? 0) > MostPrefixes) throw new CommandException($"ERR a client cannot have more than {MostPrefixes} prefixes");
        for (var i = 0; i < Prefixes.Count; i++)
        {
            foreach (var existing in current?.Prefixes ?? [])
                if (Overlap(Prefixes[i], existing.Bytes))
                    throw new CommandException($"ERR Prefix '{ByteText.Text(Prefixes[i])}' overlaps with an existing prefix '{ByteText.Text(existing.Bytes)}'. Prefixes for a single client must not overlap.");
            for (var j = i + 1; j < Prefixes.Count; j++)
                if (Overlap(Prefixes[i], Prefixes[j]))
                    throw new CommandException($"ERR Prefix '{ByteText.Text(Prefixes[i])}' overlaps with another provided prefix '{ByteText.Text(Prefixes[j])}'. Prefixes for a single client must not overlap.");
        }
    }

    private void TakeRedirect(CommandContext c, int index)
    {
        if (RedirectTo != 0) throw new CommandException("ERR A client can only redirect to a single other client");
        RedirectTo = c.Int(index);
        if (c.Store.Clients.Find(RedirectTo) is null) throw new CommandException("ERR The client ID you want redirect to does not exist");
    }

    private static bool Overlap(byte[] one, byte[] other) => one.AsSpan().StartsWith(other) || other.AsSpan().StartsWith(one);
}
