namespace ShopSession.Redis.Embedded.Execution;

/// <summary>A command: how it is called, what it is, which of its arguments are keys, and what it does.</summary>
/// <param name="Name">Its name in lower case; a subcommand's after a bar, as in <c>client|id</c>.</param>
/// <param name="Arity">The number of arguments with the name; negative: at least as many.</param>
/// <param name="Flags">What it is.</param>
/// <param name="Handler">What it does.</param>
/// <param name="FirstKey">The position of the first key; 0 when there is none.</param>
/// <param name="LastKey">The position of the last key; negative counts from the end.</param>
/// <param name="KeyStep">How far keys are apart.</param>
/// <param name="Group">The group of the documentation that it belongs to.</param>
internal sealed record CommandSpec(string Name, int Arity, CommandFlags Flags, Action<CommandContext> Handler, int FirstKey, int LastKey, int KeyStep, string Group)
{
    private readonly Dictionary<string, CommandSpec> _subcommands = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<CommandSpec> Subcommands => _subcommands.Values;

    /// <summary>Counts of its use. A command with subcommands is counted by these.</summary>
    public CommandStatistics Statistics { get; } = new();

    public bool Has(CommandFlags flag) => (Flags & flag) != 0;

    public bool AcceptsArity(int count) => Arity >= 0 ? count == Arity : count >= -Arity;

    public CommandSpec? FindSubcommand(byte[] name) =>
        _subcommands.GetValueOrDefault(System.Text.Encoding.Latin1.GetString(name));

    public void AddSubcommand(CommandSpec spec) => _subcommands.Add(spec.Name[(spec.Name.IndexOf('|', StringComparison.Ordinal) + 1)..], spec);

    /// <summary>The keys among the arguments of a call.</summary>
    public IEnumerable<byte[]> KeysOf(byte[][] arguments)
    {
        if (FirstKey == 0) yield break;
        var last = LastKey < 0 ? arguments.Length + LastKey : LastKey;
        for (var i = FirstKey; i <= last && i < arguments.Length; i += KeyStep) yield return arguments[i];
    }
}
