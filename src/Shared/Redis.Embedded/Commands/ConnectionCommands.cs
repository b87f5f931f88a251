using System.Security.Cryptography;
using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>The connection itself: greeting, authentication, database.</summary>
internal static class ConnectionCommands
{
    private const string WrongPassword = "WRONGPASS invalid username-password pair or user is disabled.";

    public static void Register(CommandTable table)
    {
        table.Add("ping", -1, Fast | WhileSubscribed, Ping);
        table.Add("echo", 2, Fast, c => c.Reply.Bulk(c[1]));
        table.Add("select", 2, Fast, Select);
        table.Add("auth", -2, Fast | NoAuth, Authenticate);
        table.Add("hello", -1, Fast | NoAuth, Hello);
        table.Add("quit", -1, Fast | NoAuth | WhileSubscribed | NotQueued, Quit);
        table.Add("reset", 1, Fast | NoAuth | WhileSubscribed | NotQueued, Reset);
    }

    private static void Ping(CommandContext c)
    {
        if (c.Count > 2) throw Errors.WrongArity(c.Spec.Name);
        if (c.Client.ProtocolVersion == 2 && c.Client.HasSubscriptions)
        {
            c.Reply.ArrayHeader(2);
            c.Reply.Bulk("pong"u8);
            c.Reply.Bulk(c.Count == 2 ? c[1] : []);
        }
        else if (c.Count == 2)
        {
            c.Reply.Bulk(c[1]);
        }
        else
        {
            c.Reply.Simple("PONG");
        }
    }

    private static void Select(CommandContext c)
    {
        c.Client.Database = c.DatabaseAt(1);
        c.Reply.Ok();
    }

    private static void Authenticate(CommandContext c)
    {
        if (c.Count > 3) throw new CommandException(Errors.Syntax);
        if (c.Count == 2 && c.Store.Settings.Password is null)
            throw new CommandException("ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?");
        Authenticate(c, c.Count == 3 ? c[1] : "default"u8.ToArray(), c[c.Count - 1]);
        c.Reply.Ok();
    }

    private static void Authenticate(CommandContext c, byte[] user, byte[] password)
    {
        // Digests have one length, so that comparing them tells nothing about the password's, and no byte of it by its time.
        var expected = c.Store.Settings.Password;
        var isRight = expected is null || CryptographicOperations.FixedTimeEquals(SHA256.HashData(ByteText.Bytes(expected)), SHA256.HashData(password));
        if (!isRight || !user.AsSpan().SequenceEqual("default"u8)) throw new CommandException(WrongPassword);
        c.Client.IsAuthenticated = true;
    }

    private static void Hello(CommandContext c)
    {
        var version = c.Client.ProtocolVersion;
        if (c.Count > 1)
        {
            var wanted = c.Int(1, "ERR Protocol version is not an integer or out of range");
            version = wanted is 2 or 3 ? (int)wanted : throw new CommandException("NOPROTO unsupported protocol version");
        }

        byte[]? name = null;
        for (var i = 2; i < c.Count; i++)
        {
            if (c.Is(i, "AUTH"u8) && i + 2 < c.Count)
            {
                Authenticate(c, c[i + 1], c[i + 2]);
                i += 2;
            }
            else if (c.Is(i, "SETNAME"u8) && i + 1 < c.Count)
            {
                name = c[++i];
                ClientCommands.RequireName(name, "Client names");
            }
            else
            {
                throw new CommandException($"ERR Syntax error in HELLO option '{ByteText.Text(c[i])}'");
            }
        }

        if (!c.Client.IsAuthenticated)
            throw new CommandException("NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time");
        if (name is not null) c.Client.Name = ByteText.Text(name);
        c.Client.ProtocolVersion = c.Reply.Version = version;
        WriteGreeting(c);
    }

    private static void WriteGreeting(CommandContext c)
    {
        c.Reply.MapHeader(7);
        c.Reply.Bulk("server"u8);
        c.Reply.Bulk("redis"u8);
        c.Reply.Bulk("version"u8);
        c.Reply.Bulk(ServerCommands.CompatibleVersion);
        c.Reply.Bulk("proto"u8);
        c.Reply.Integer(c.Client.ProtocolVersion);
        c.Reply.Bulk("id"u8);
        c.Reply.Integer(c.Client.Id);
        c.Reply.Bulk("mode"u8);
        c.Reply.Bulk("standalone"u8);
        c.Reply.Bulk("role"u8);
        c.Reply.Bulk("master"u8);
        c.Reply.Bulk("modules"u8);
        c.Reply.ArrayHeader(0);
    }

    private static void Quit(CommandContext c)
    {
        c.Reply.Ok();
        c.Client.IsClosing = true;
    }

    private static void Reset(CommandContext c)
    {
        var client = c.Client;
        TransactionCommands.Abandon(c.Store, client);
        c.Store.PubSub.UnsubscribeAll(client);
        c.Store.Tracking.Disable(client);
        client.Database = c.Store.Databases[0];
        client.Name = "";
        client.ReplyMode = ReplyMode.On;
        client.IsExemptFromEviction = false;
        client.IsAuthenticated = c.Store.Settings.Password is null;
        client.ProtocolVersion = c.Reply.Version = 2;
        c.Reply.Simple("RESET");
    }
}
