using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>MULTI, EXEC and optimistic locking.</summary>
internal static class TransactionCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("multi", 1, Fast | NotQueued, Multi);
        table.Add("exec", 1, NotQueued, Exec);
        table.Add("discard", 1, Fast | NotQueued, Discard);
        table.Add("watch", -2, Fast | NotQueued, Watch, 1, -1, 1);
        table.Add("unwatch", 1, Fast, Unwatch);
    }

    public static void Abandon(Store store, Client client)
    {
        client.Transaction?.Release();
        client.Transaction = null;
        store.Watches.UnwatchAll(client);
    }

    private static void Multi(CommandContext c)
    {
        if (c.Client.Transaction is not null) throw new CommandException("ERR MULTI calls can not be nested");
        c.Client.Transaction = new TransactionQueue(c.Client.Memory);
        c.Reply.Ok();
    }

    private static void Discard(CommandContext c)
    {
        if (c.Client.Transaction is null) throw new CommandException("ERR DISCARD without MULTI");
        Abandon(c.Store, c.Client);
        c.Reply.Ok();
    }

    private static void Exec(CommandContext c)
    {
        var (client, spec, arguments, now) = (c.Client, c.Spec, c.Arguments, c.Now);
        if (client.Transaction is not { } transaction) throw new CommandException("ERR EXEC without MULTI");
        var hasChanged = client.WatchFailed || HasExpired(c);
        Abandon(c.Store, c.Client);
        if (transaction.HasErrors) throw new CommandException(Errors.ExecAborted);
        if (hasChanged)
        {
            c.Reply.NullArray();
            return;
        }

        c.Reply.ArrayHeader(transaction.Commands.Count);
        foreach (var (queued, queuedArguments) in transaction.Commands) c.Processor.Call(client, queued, queuedArguments, now);
        // What the commands did is noted; EXEC itself does nothing.
        c.Begin(client, spec, arguments, now);
    }

    private static bool HasExpired(CommandContext c)
    {
        foreach (var ((database, key), wasExpired) in c.Client.Watched)
            if (!wasExpired && c.Store.Databases[database].Find(key.Bytes) is { } entry && entry.ExpiresAt != KeyEntry.Never && entry.ExpiresAt <= c.Now)
                return true;
        return false;
    }

    private static void Watch(CommandContext c)
    {
        if (c.Client.Transaction is not null) throw new CommandException("ERR WATCH inside MULTI is not allowed");
        for (var i = 1; i < c.Count; i++)
        {
            var isExpired = c.Db.Find(c[i]) is { } entry && entry.ExpiresAt != KeyEntry.Never && entry.ExpiresAt <= c.Now;
            c.Store.Watches.Watch(c.Client, c.Db, c[i], isExpired);
        }

        c.Reply.Ok();
    }

    private static void Unwatch(CommandContext c)
    {
        c.Store.Watches.UnwatchAll(c.Client);
        c.Reply.Ok();
    }
}
