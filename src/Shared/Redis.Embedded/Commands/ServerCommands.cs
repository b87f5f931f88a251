using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>The server as a whole.</summary>
internal static class ServerCommands
{
    /// <summary>The version of Redis whose behaviour this store follows; clients decide by it what they may use.</summary>
    public const string CompatibleVersion = "7.0.15";

    private const string SaveInProgress = "ERR Background save already in progress";

    public static void Register(CommandTable table)
    {
        table.Add("dbsize", 1, ReadOnly | Fast, c => c.Reply.Integer(c.Db.Keys.Count));
        table.Add("flushdb", -1, Write, c => Flush(c, [c.Db]));
        table.Add("flushall", -1, Write, c => Flush(c, c.Store.Databases));
        table.Add("time", 1, Fast, Time);
        table.Add("info", -1, None, c => c.Reply.Verbatim(InfoText.Of(c)));
        table.Add("save", 1, Admin | NoMulti, Save);
        table.Add("bgsave", -1, Admin, c => StartRewrite(c, "Background saving started", SaveInProgress));
        table.Add("bgrewriteaof", 1, Admin, c => StartRewrite(c, "Background append only file rewriting started", "ERR Background append only file rewriting already in progress"));
        table.Add("lastsave", 1, Fast, c => c.Reply.Integer(c.Store.Persistence.LastSave.ToUnixTimeSeconds()));
        table.Add("shutdown", -1, Admin | NoMulti, Shutdown);
        table.Add("wait", 3, None, Wait);
        table.Add("role", 1, Fast, Role);
        table.Add("lolwut", -1, ReadOnly | Fast, c => c.Reply.Verbatim($"Redis ver. {CompatibleVersion}\n"));
    }

    private static void Flush(CommandContext c, IReadOnlyList<Database> databases)
    {
        if (c.Count > 2 || (c.Count == 2 && !c.Is(1, "ASYNC"u8) && !c.Is(1, "SYNC"u8))) throw new CommandException(Errors.Syntax);
        c.Store.Flush(databases);
        c.MarkDirty();
        c.Reply.Ok();
    }

    private static void Time(CommandContext c)
    {
        var microseconds = (c.Store.UtcNow - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        c.Reply.ArrayHeader(2);
        c.Reply.Bulk(Numbers.ToBytes(microseconds / 1_000_000));
        c.Reply.Bulk(Numbers.ToBytes(microseconds % 1_000_000));
    }

    private static void Save(CommandContext c)
    {
        if (c.Store.Persistence.IsRewriting) throw new CommandException(SaveInProgress);
        try
        {
            c.Store.Persistence.Save();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"ERR saving failed: {e.Message}");
        }

        c.Reply.Ok();
    }

    private static void StartRewrite(CommandContext c, string started, string running)
    {
        if (!c.Store.Persistence.StartRewrite()) throw new CommandException(running);
        c.Reply.Simple(started);
    }

    private static void Shutdown(CommandContext c)
    {
        for (var i = 1; i < c.Count; i++)
            if (!c.Is(i, "SAVE"u8) && !c.Is(i, "NOSAVE"u8) && !c.Is(i, "NOW"u8) && !c.Is(i, "FORCE"u8)) throw new CommandException(Errors.Syntax);
        // No reply: the end of the connection is the answer. The log is complete at all times, so there is nothing to choose about saving.
        c.Store.ShutdownRequested();
        c.Client.IsClosing = true;
    }

    private static void Wait(CommandContext c)
    {
        c.Int(1);
        if (c.Int(2, "ERR timeout is not an integer or out of range") < 0) throw new CommandException("ERR timeout is negative");
        // There are no replicas and there never will be: waiting for them would only take time.
        c.Reply.Integer(0);
    }

    private static void Role(CommandContext c)
    {
        c.Reply.ArrayHeader(3);
        c.Reply.Bulk("master"u8);
        c.Reply.Integer(0);
        c.Reply.ArrayHeader(0);
    }
}
