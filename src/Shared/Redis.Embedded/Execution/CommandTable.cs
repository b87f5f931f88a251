using System.Diagnostics.CodeAnalysis;
using ShopSession.Redis.Embedded.Commands;

namespace ShopSession.Redis.Embedded.Execution;

/// <summary>All commands by name.</summary>
internal sealed class CommandTable
{
    private const int LongestName = 32;

    private readonly Dictionary<string, CommandSpec> _commands = new(256, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CommandSpec>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private string _group = "generic";

    public CommandTable()
    {
        _lookup = _commands.GetAlternateLookup<ReadOnlySpan<char>>();
        Group("string", StringCommands.Register, NumberCommands.Register);
        Group("generic", KeyCommands.Register, ExpiryCommands.Register, ScanCommands.Register);
        Group("hash", HashCommands.Register);
        Group("list", ListCommands.Register);
        Group("set", SetCommands.Register);
        Group("sorted-set", SortedSetCommands.Register, SortedSetRangeCommands.Register);
        Group("transactions", TransactionCommands.Register);
        Group("pubsub", PubSubCommands.Register);
        Group("connection", ConnectionCommands.Register, ClientCommands.Register, TrackingCommands.Register);
        Group("server", ServerCommands.Register, ConfigCommands.Register, IntrospectionCommands.Register, CommandCommands.Register, ScriptCommands.Register);
    }

    public int Count => _commands.Count;

    public IReadOnlyCollection<CommandSpec> All => _commands.Values;

    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out CommandSpec? spec)
    {
        spec = null;
        if (name.Length > LongestName) return false;
        Span<char> text = stackalloc char[LongestName];
        for (var i = 0; i < name.Length; i++) text[i] = (char)name[i];
        return _lookup.TryGetValue(text[..name.Length], out spec);
    }

    public void Add(string name, int arity, CommandFlags flags, Action<CommandContext> handler, int firstKey = 0, int lastKey = 0, int keyStep = 0)
    {
        var spec = new CommandSpec(name, arity, flags, handler, firstKey, lastKey, keyStep, _group);
        var bar = name.IndexOf('|', StringComparison.Ordinal);
        if (bar < 0) _commands.Add(name, spec);
        else _commands[name[..bar]].AddSubcommand(spec);
    }

    private void Group(string name, params ReadOnlySpan<Action<CommandTable>> registrations)
    {
        _group = name;
        foreach (var register in registrations) register(this);
    }
}
