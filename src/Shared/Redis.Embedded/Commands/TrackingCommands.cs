using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using ShopSession.Redis.Embedded.Tracking;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>CLIENT TRACKING and what belongs to it.</summary>
internal static class TrackingCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("client|tracking", -3, None, Track);
        table.Add("client|caching", 3, None, Caching);
        table.Add("client|trackinginfo", 2, None, Info);
    }

    public static void GetRedirect(CommandContext c) => c.Reply.Integer(c.Client.Tracking?.RedirectTo ?? -1);

    private static void Track(CommandContext c)
    {
        var request = TrackingRequest.Parse(c);
        if (c.Is(2, "OFF"u8))
        {
            c.Store.Tracking.Disable(c.Client);
            c.Reply.Ok();
            return;
        }

        if (!c.Is(2, "ON"u8)) throw new CommandException(Errors.Syntax);
        request.Check(c.Client.Tracking);
        // Without a prefix: every key.
        byte[][] prefixes = request.IsBroadcast && request.Prefixes.Count == 0 ? [[]] : [.. request.Prefixes];
        c.Client.Held.Take(prefixes);
        var state = c.Client.Tracking ?? new TrackingState { IsBroadcast = request.IsBroadcast };
        state.RedirectTo = request.RedirectTo;
        state.IsOptIn = request.IsOptIn;
        state.IsOptOut = request.IsOptOut;
        state.NoLoop = request.NoLoop;
        state.IsRedirectBroken = false;
        if (request.IsBroadcast)
        {
            foreach (var prefix in prefixes)
                if (!state.Prefixes.Add(new ByteKey(prefix))) c.Client.Held.Return(prefix);
        }

        c.Store.Tracking.Enable(c.Client, state);
        c.Reply.Ok();
    }

    private static void Caching(CommandContext c)
    {
        if (c.Client.Tracking is not { } state)
            throw new CommandException("ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled");
        if (c.Is(2, "YES"u8))
        {
            if (!state.IsOptIn) throw new CommandException("ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
        }
        else if (c.Is(2, "NO"u8))
        {
            if (!state.IsOptOut) throw new CommandException("ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
        }
        else
        {
            throw new CommandException(Errors.Syntax);
        }

        state.CachingGiven = true;
        c.Reply.Ok();
    }

    private static void Info(CommandContext c)
    {
        var state = c.Client.Tracking;
        var flags = new List<string> { state is null ? "off" : "on" };
        if (state is { IsBroadcast: true }) flags.Add("bcast");
        if (state is { IsOptIn: true }) flags.Add("optin");
        if (state is { IsOptIn: true, CachingGiven: true }) flags.Add("caching-yes");
        if (state is { IsOptOut: true }) flags.Add("optout");
        if (state is { IsOptOut: true, CachingGiven: true }) flags.Add("caching-no");
        if (state is { NoLoop: true }) flags.Add("noloop");
        if (state is { IsRedirectBroken: true }) flags.Add("broken_redirect");

        c.Reply.MapHeader(3);
        c.Reply.Bulk("flags"u8);
        c.Reply.SetHeader(flags.Count);
        foreach (var flag in flags) c.Reply.Bulk(flag);
        c.Reply.Bulk("redirect"u8);
        c.Reply.Integer(state?.RedirectTo ?? -1);
        c.Reply.Bulk("prefixes"u8);
        c.Reply.ArrayHeader(state?.Prefixes.Count ?? 0);
        foreach (var prefix in state?.Prefixes ?? []) c.Reply.Bulk(prefix.Bytes);
    }
}
