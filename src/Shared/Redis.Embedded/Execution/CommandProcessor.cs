using System.Diagnostics;
using ShopSession.Redis.Embedded.Commands;
using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Persistence;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Execution;

/// <summary>Takes commands of clients one at a time: checks, queues or executes them, and hands over what they changed.</summary>
internal sealed class CommandProcessor
{
    // What an argument that becomes a key, a member or an item takes beside its bytes; of a few of them nobody asks.
    private const long ItemOverhead = 128;
    private const int UncountedArguments = 4;

    private readonly Store _store;
    private readonly CommandContext _context;
    private readonly ReplyWriter _reply;

    public CommandProcessor(Store store)
    {
        _store = store;
        _reply = new ReplyWriter(new ByteBuffer(16 * 1024, (int)Math.Min(store.Settings.OutputLimit, int.MaxValue - 64)));
        _context = new CommandContext(store, this, _reply);
    }

    /// <summary>Executes one command of a client and appends its reply to the client's output.</summary>
    public void Process(Client client, byte[][] arguments)
    {
        _reply.Version = client.ProtocolVersion;
        _store.Statistics.Commands++;
        client.IsExecuting = true;
        client.Scratch = _reply;
        Dispatch(client, arguments);
        client.Scratch = null;
        client.IsExecuting = false;
        _store.Effects.Seal(_store.Persistence);

        if (_reply.Buffer.Overflowed)
        {
            client.Close("reply beyond the limit of client output");
        }
        else if (!client.IsReplySuppressed)
        {
            client.Output.Append(_reply.Buffer);
        }

        _reply.Buffer.Truncate(0);
        client.AfterCommand();
        if (client.Invalidated.Count > 0) _store.Tracking.SendPending(client);
    }

    /// <summary>Executes a command of the log.</summary>
    /// <exception cref="CommandException">The command failed, which in a sound log it does not.</exception>
    public void Replay(Client loader, byte[][] arguments)
    {
        if (!_store.Commands.TryFind(arguments[0], out var spec)) throw new CommandException("unknown command " + ByteText.Text(arguments[0]));
        _context.Begin(loader, spec, arguments, Store.LoadingTime);
        spec.Handler(_context);
        _reply.Buffer.Truncate(0);
    }

    /// <summary>Executes a checked command; inside EXEC once for each queued one.</summary>
    public void Call(Client client, CommandSpec spec, byte[][] arguments, long now)
    {
        var start = _reply.Buffer.Length;
        var started = Stopwatch.GetTimestamp();
        var failed = true;
        _context.Begin(client, spec, arguments, now);
        try
        {
            if (spec.Has(CommandFlags.Write) && _store.Effects.Content.Length > _store.Settings.EffectsLimit) throw new CommandException(Errors.TooManyEffects);
            spec.Handler(_context);
            failed = false;
        }
        catch (CommandException e)
        {
            _reply.Buffer.Truncate(start);
            _reply.Error(e.Message);
            _store.Statistics.Errors++;
        }
        catch (Exception e) when (!spec.Has(CommandFlags.Write) && e is not (OutOfMemoryException or StoreDataException))
        {
            // A fault in a command that changes nothing: the data is sound, so only this client hears of it.
            _reply.Buffer.Truncate(start);
            _reply.Error($"ERR internal error in '{spec.Name}'");
            _store.Report($"'{spec.Name}' failed: {e}");
        }

        spec.Statistics.Count(started, failed);

        if (_context.IsDirty && !_context.HasOwnEffect) _store.Effects.Add(client.Database.Index, arguments);
        if (client.Tracking is not null && spec.Has(CommandFlags.ReadOnly)) _store.Tracking.Remember(client, spec.KeysOf(arguments), _store.Settings);
    }

    private void Dispatch(Client client, byte[][] arguments)
    {
        client.LastCommand = "";
        if (arguments[0].Is("POST"u8) || arguments[0].Is("HOST:"u8))
        {
            // A web page that was brought to send a form to this port: what looks like commands in its body must not be executed.
            client.Close("it speaks HTTP");
            return;
        }

        if (!_store.Commands.TryFind(arguments[0], out var spec))
        {
            Refuse(client, UnknownCommand(arguments));
            return;
        }

        if (spec.Subcommands.Count > 0 && arguments.Length > 1)
        {
            if (spec.FindSubcommand(arguments[1]) is not { } subcommand)
            {
                Refuse(client, $"ERR unknown subcommand '{Shorten(arguments[1], 128)}'. Try {spec.Name.ToUpperInvariant()} HELP.");
                return;
            }

            spec = subcommand;
        }

        client.LastCommand = spec.Name;
        if (Check(client, spec, arguments) is { } refusal)
        {
            spec.Statistics.Rejected++;
            if (spec.Name == "exec") Abort(client, refusal);
            else Refuse(client, refusal);
        }
        else if (client.Transaction is { } transaction && !spec.Has(CommandFlags.NotQueued))
        {
            if (transaction.TryAdd(spec, arguments)) _reply.Queued();
            else Refuse(client, "OOM the transaction is beyond the memory for unfinished commands.");
        }
        else
        {
            Call(client, spec, arguments, _store.Now);
        }
    }

    private string? Check(Client client, CommandSpec spec, byte[][] arguments)
    {
        if (!spec.AcceptsArity(arguments.Length)) return $"ERR wrong number of arguments for '{spec.Name}' command";
        if (!client.IsAuthenticated && !spec.Has(CommandFlags.NoAuth)) return Errors.NoAuth;
        // EXEC does what its commands do, and what they need may have run out since they were queued.
        var flags = IsExec(client, spec) ? spec.Flags | client.Transaction!.Flags : spec.Flags;
        if ((flags.HasFlag(CommandFlags.DenyOom) || IsQueued(client, spec)) && IsBeyondMemory(client, arguments)) return Errors.OutOfMemory;
        if (flags.HasFlag(CommandFlags.Write) && _store.Persistence.WriteError is { } error) return $"MISCONF Errors writing to the AOF file: {error}";
        if (client.ProtocolVersion == 2 && client.HasSubscriptions && !spec.Has(CommandFlags.WhileSubscribed))
            return $"ERR Can't execute '{spec.Name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context";
        if (client.Transaction is not null && spec.Has(CommandFlags.NoMulti)) return "ERR Command not allowed inside a transaction";
        return null;
    }

    // What the others hold has a limit of its own: it must not keep this one from writing.
    private bool IsBeyondMemory(Client client, byte[][] arguments)
    {
        var wanted = _store.DataMemory + (client.Transaction?.Size ?? 0);
        foreach (var argument in arguments) wanted += argument.Length;
        wanted += ItemOverhead * Math.Max(0, arguments.Length - UncountedArguments);
        return wanted > _store.Settings.MaxMemory;
    }

    // Also a command that needs no memory itself takes some while it is queued.
    private static bool IsQueued(Client client, CommandSpec spec) => client.Transaction is not null && spec.Name is not ("exec" or "discard" or "quit" or "reset");

    private static bool IsExec(Client client, CommandSpec spec) => client.Transaction is not null && spec.Name == "exec";

    private void Abort(Client client, string reason)
    {
        TransactionCommands.Abandon(_store, client);
        _reply.Error("EXECABORT Transaction discarded because of: " + (reason.StartsWith("ERR ", StringComparison.Ordinal) ? reason[4..] : reason));
        _store.Statistics.Errors++;
    }

    private void Refuse(Client client, string message)
    {
        if (client.Transaction is { } transaction) transaction.HasErrors = true;
        _reply.Error(message);
        _store.Statistics.Errors++;
    }

    private static string UnknownCommand(byte[][] arguments)
    {
        var rest = new System.Text.StringBuilder();
        for (var i = 1; i < arguments.Length && rest.Length < 128; i++) rest.Append('\'').Append(Shorten(arguments[i], 128 - rest.Length)).Append("' ");
        return $"ERR unknown command '{Shorten(arguments[0], 128)}', with args beginning with: {rest}";
    }

    private static string Shorten(byte[] argument, int length) => ByteText.Text(argument.AsSpan(0, Math.Min(argument.Length, length)));
}
