using System.Runtime.CompilerServices;

namespace ShopSession.Redis;

/// <summary>One command with its arguments. Immutable, reusable and safe to share.</summary>
public sealed class RedisCommand
{
    private FewArguments _few;
    private RedisArgument[]? _many;
    private int _count;

    /// <summary>Creates a command. Up to 5 arguments lie in the object itself.</summary>
    /// <param name="name">The command's name, for example <c>HGET</c>; a container command is one name and an argument (<c>"CLIENT", "ID"</c>).</param>
    /// <param name="arguments">The arguments in order.</param>
    public RedisCommand(string name, params ReadOnlySpan<RedisArgument> arguments) => Set(name, arguments);

    /// <summary>Makes the command that a pooled request keeps for itself and fills anew each time.</summary>
    internal RedisCommand()
    {
    }

    /// <summary>The command's name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What is known of the command by its name.</summary>
    internal RedisCommandKind Kind { get; private set; }

    /// <summary>The arguments in order.</summary>
    public ReadOnlySpan<RedisArgument> Arguments => _many is null ? ((ReadOnlySpan<RedisArgument>)_few)[.._count] : _many;

    /// <summary>Fills a request's own command.</summary>
    internal void Set(string name, ReadOnlySpan<RedisArgument> arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        // A pooled request is mostly filled with the same command again.
        if (!ReferenceEquals(name, Name)) (Name, Kind) = (name, RedisCommandKinds.Of(name));
        _count = arguments.Length;
        if (_count <= FewArguments.Length) arguments.CopyTo(_few);
        else _many = arguments.ToArray();
    }

    /// <summary>Lets go of the arguments of a request's own command.</summary>
    internal void Clear()
    {
        _few = default;
        _many = null;
        _count = 0;
    }

    [InlineArray(Length)]
    private struct FewArguments
    {
        public const int Length = 5;
        private RedisArgument _first;
    }
}

/// <summary>Commands sent together in one round trip, without atomicity.</summary>
public sealed class RedisPipeline : RedisCommandList
{
    /// <summary>Appends a command and returns this list.</summary>
    public RedisPipeline Add(string name, params ReadOnlySpan<RedisArgument> arguments)
    {
        Append(new RedisCommand(name, arguments));
        return this;
    }
}

/// <summary>Commands executed atomically (MULTI … EXEC), sent together in one round trip.</summary>
public sealed class RedisTransaction : RedisCommandList
{
    /// <summary>Appends a command and returns this list.</summary>
    public RedisTransaction Add(string name, params ReadOnlySpan<RedisArgument> arguments)
    {
        Append(new RedisCommand(name, arguments));
        return this;
    }
}

/// <summary>An ordered list of commands. Not safe for concurrent building.</summary>
public abstract class RedisCommandList
{
    private List<RedisCommand> _commands = [];
    private bool _isTaken;

    private protected RedisCommandList()
    {
    }

    /// <summary>The commands in the order in which they run.</summary>
    public IReadOnlyList<RedisCommand> Commands => _commands;

    /// <summary>Appends a command made earlier. What was sent before is not changed by it.</summary>
    public void Append(RedisCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (_isTaken) (_commands, _isTaken) = ([.. _commands], false);
        _commands.Add(command);
    }

    /// <summary>
    /// The commands as they are, for sending. A call that was given up may still wait for its replies, and counts them by this list: whoever appends to it later appends to a copy.
    /// </summary>
    internal IReadOnlyList<RedisCommand> Take()
    {
        _isTaken = true;
        return _commands;
    }
}
