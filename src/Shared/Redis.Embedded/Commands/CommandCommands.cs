using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;
using ShopSession.Redis.Embedded.PubSub;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>COMMAND: what the store can do, as redis-cli and clients with routing ask.</summary>
internal static class CommandCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("command", -1, None, c => Write(c, [.. c.Store.Commands.All]));
        table.Add("command|count", 2, None, c => c.Reply.Integer(c.Store.Commands.Count));
        table.Add("command|info", -2, None, Info);
        table.Add("command|docs", -2, None, Docs);
        table.Add("command|list", -2, None, List);
        table.Add("command|getkeys", -4, None, GetKeys);
        table.Add("command|help", 2, None, c => Help.Write(c, "COMMAND", "(no subcommand)", "COUNT", "DOCS [<command-name> ...]", "GETKEYS <full-command>", "INFO [<command-name> ...]", "LIST"));
    }

    private static void Info(CommandContext c) => Write(c, c.Count == 2 ? [.. c.Store.Commands.All] : [.. c.Arguments.Skip(2).Select(name => FindByName(c, name))]);

    private static void Write(CommandContext c, List<CommandSpec?> specs)
    {
        c.Reply.ArrayHeader(specs.Count);
        foreach (var spec in specs)
        {
            if (spec is null) c.Reply.NullArray();
            else WriteSpec(c, spec);
        }
    }

    private static void WriteSpec(CommandContext c, CommandSpec spec)
    {
        c.Reply.ArrayHeader(10);
        c.Reply.Bulk(spec.Name);
        c.Reply.Integer(spec.Arity);
        var flags = FlagsOf(spec);
        c.Reply.SetHeader(flags.Count);
        foreach (var flag in flags) c.Reply.Simple(flag);
        c.Reply.Integer(spec.FirstKey);
        c.Reply.Integer(spec.LastKey);
        c.Reply.Integer(spec.KeyStep);
        // ACL categories, tips and key specifications: there are no ACLs, and the three numbers above say where the keys are.
        c.Reply.SetHeader(0);
        c.Reply.ArrayHeader(0);
        c.Reply.ArrayHeader(0);
        c.Reply.ArrayHeader(spec.Subcommands.Count);
        foreach (var subcommand in spec.Subcommands) WriteSpec(c, subcommand);
    }

    private static List<string> FlagsOf(CommandSpec spec)
    {
        var flags = new List<string>();
        if (spec.Has(CommandFlags.Write)) flags.Add("write");
        if (spec.Has(ReadOnly)) flags.Add("readonly");
        if (spec.Has(DenyOom)) flags.Add("denyoom");
        if (spec.Has(Admin)) flags.Add("admin");
        if (spec.Has(CommandFlags.PubSub)) flags.Add("pubsub");
        if (spec.Has(Fast)) flags.Add("fast");
        if (spec.Has(NoAuth)) flags.Add("no_auth");
        return flags;
    }

    private static void Docs(CommandContext c)
    {
        var specs = c.Count == 2 ? [.. c.Store.Commands.All] : c.Arguments.Skip(2).Select(name => FindByName(c, name)).OfType<CommandSpec>().ToList();
        c.Reply.MapHeader(specs.Count);
        foreach (var spec in specs)
        {
            c.Reply.Bulk(spec.Name);
            c.Reply.MapHeader(1);
            c.Reply.Bulk("group"u8);
            c.Reply.Bulk(spec.Group);
        }
    }

    private static void List(CommandContext c)
    {
        var pattern = c.Count == 5 && c.Is(2, "FILTERBY"u8) && c.Is(3, "PATTERN"u8) ? c[4] : null;
        if (c.Count != 2 && pattern is null) throw new CommandException(Errors.Syntax);
        var names = c.Store.Commands.All.Select(s => s.Name).Where(n => pattern is null || GlobPattern.Matches(pattern, ByteText.Bytes(n))).ToList();
        c.Reply.ArrayHeader(names.Count);
        foreach (var name in names) c.Reply.Bulk(name);
    }

    private static void GetKeys(CommandContext c)
    {
        var command = c.Arguments[2..];
        var spec = FindByName(c, command[0]) ?? throw new CommandException("ERR Invalid command specified");
        if (spec.Subcommands.Count > 0 && command.Length > 1) spec = spec.FindSubcommand(command[1]) ?? spec;
        if (!spec.AcceptsArity(command.Length)) throw new CommandException("ERR Invalid number of arguments specified for command");
        if (spec.FirstKey == 0) throw new CommandException("ERR The command has no key arguments");
        var keys = spec.KeysOf(command).ToList();
        c.Reply.ArrayHeader(keys.Count);
        foreach (var key in keys) c.Reply.Bulk(key);
    }

    private static CommandSpec? FindByName(CommandContext c, byte[] name)
    {
        var bar = Array.IndexOf(name, (byte)'|');
        if (!c.Store.Commands.TryFind(bar < 0 ? name : name.AsSpan(0, bar), out var spec)) return null;
        return bar < 0 ? spec : spec.FindSubcommand(name[(bar + 1)..]);
    }
}
