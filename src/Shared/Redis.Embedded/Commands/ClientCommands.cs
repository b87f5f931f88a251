using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>CLIENT: who is connected and how. Tracking is in <see cref="TrackingCommands"/>.</summary>
internal static class ClientCommands
{
    private const int LongestName = 1024;

    public static void Register(CommandTable table)
    {
        table.Add("client", -2, None, _ => { });
        table.Add("client|id", 2, None, c => c.Reply.Integer(c.Client.Id));
        table.Add("client|setname", 3, None, SetName);
        table.Add("client|getname", 2, None, GetName);
        table.Add("client|setinfo", 4, None, SetInfo);
        table.Add("client|info", 2, None, c => c.Reply.Verbatim(ClientLine.Of(c.Client, c.Now) + "\n"));
        table.Add("client|list", -2, Admin, List);
        table.Add("client|kill", -3, Admin, Kill);
        table.Add("client|no-evict", 3, Admin, NoEvict);
        table.Add("client|reply", 3, None, SetReplyMode);
        table.Add("client|getredir", 2, None, TrackingCommands.GetRedirect);
        table.Add("client|help", 2, None, c => Help.Write(c, "CLIENT", "CACHING (YES|NO)", "GETNAME", "GETREDIR", "ID", "INFO", "KILL <option> ...", "LIST [options ...]", "NO-EVICT (ON|OFF)", "REPLY (ON|OFF|SKIP)", "SETINFO <option> <value>", "SETNAME <name>", "TRACKING (ON|OFF) [...]", "TRACKINGINFO"));
    }

    /// <exception cref="CommandException">CLIENT LIST could not show it, or it is no name but a way to fill memory.</exception>
    public static void RequireName(byte[] name, string what)
    {
        if (name.Length > LongestName) throw new CommandException($"ERR {what} cannot be longer than {LongestName} bytes.");
        if (name.AsSpan().IndexOfAnyExceptInRange((byte)'!', (byte)'~') >= 0)
            throw new CommandException($"ERR {what} cannot contain spaces, newlines or special characters.");
    }

    private static void SetName(CommandContext c)
    {
        RequireName(c[2], "Client names");
        c.Client.Name = ByteText.Text(c[2]);
        c.Reply.Ok();
    }

    private static void GetName(CommandContext c)
    {
        if (c.Client.Name.Length == 0) c.Reply.Null();
        else c.Reply.Bulk(c.Client.Name);
    }

    private static void SetInfo(CommandContext c)
    {
        if (c.Is(2, "LIB-NAME"u8))
        {
            RequireName(c[3], "lib-name");
            c.Client.LibraryName = ByteText.Text(c[3]);
        }
        else if (c.Is(2, "LIB-VER"u8))
        {
            RequireName(c[3], "lib-ver");
            c.Client.LibraryVersion = ByteText.Text(c[3]);
        }
        else
        {
            throw new CommandException($"ERR Unrecognized option '{ByteText.Text(c[2])}'");
        }

        c.Reply.Ok();
    }

    private static void List(CommandContext c)
    {
        IEnumerable<Client> clients = c.Store.Clients.All;
        if (c.Count == 4 && c.Is(2, "TYPE"u8))
        {
            var type = ByteText.Text(c[3]).ToLowerInvariant();
            if (type is not ("normal" or "pubsub" or "master" or "replica" or "slave")) throw new CommandException($"ERR Unknown client type '{ByteText.Text(c[3])}'");
            clients = clients.Where(client => ClientLine.TypeOf(client) == type);
        }
        else if (c.Count > 3 && c.Is(2, "ID"u8))
        {
            var ids = new HashSet<long>();
            for (var i = 3; i < c.Count; i++) ids.Add(c.Int(i, "ERR Invalid client ID"));
            clients = clients.Where(client => ids.Contains(client.Id));
        }
        else if (c.Count != 2)
        {
            throw new CommandException(Errors.Syntax);
        }

        c.Reply.Verbatim(string.Concat(clients.Select(client => ClientLine.Of(client, c.Now) + "\n")));
    }

    private static void Kill(CommandContext c)
    {
        if (c.Count == 3)
        {
            var address = ByteText.Text(c[2]);
            var target = c.Store.Clients.All.FirstOrDefault(client => client.Address == address) ?? throw new CommandException("ERR No such client");
            End(c, target);
            c.Reply.Ok();
            return;
        }

        var filter = ClientFilter.Parse(c);
        var matching = c.Store.Clients.All.Where(client => filter.Matches(client, c.Client)).ToList();
        foreach (var client in matching) End(c, client);
        c.Reply.Integer(matching.Count);
    }

    private static void End(CommandContext c, Client client)
    {
        // The one who asks still gets its reply.
        if (client == c.Client) client.IsClosing = true;
        else client.Close("CLIENT KILL");
    }

    private static void NoEvict(CommandContext c)
    {
        c.Client.IsExemptFromEviction = OnOff(c);
        c.Reply.Ok();
    }

    private static bool OnOff(CommandContext c) => c.Is(2, "ON"u8) || (c.Is(2, "OFF"u8) ? false : throw new CommandException(Errors.Syntax));

    private static void SetReplyMode(CommandContext c)
    {
        if (c.Is(2, "ON"u8))
        {
            c.Client.ReplyMode = ReplyMode.On;
            c.Reply.Ok();
        }
        else if (c.Is(2, "OFF"u8))
        {
            c.Client.ReplyMode = ReplyMode.Off;
        }
        else if (c.Is(2, "SKIP"u8))
        {
            if (c.Client.ReplyMode != ReplyMode.Off) c.Client.ReplyMode = ReplyMode.SkipNext;
        }
        else
        {
            throw new CommandException(Errors.Syntax);
        }
    }
}
