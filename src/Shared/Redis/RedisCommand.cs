namespace ShopSession.Redis;

/// <summary>One command with its arguments. Immutable, reusable and safe to share.</summary>
public sealed class RedisCommand
{
    private readonly RedisArgument[] _arguments;

    /// <summary>Creates a command.</summary>
    /// <param name="name">The command's name, for example <c>HGET</c>; a container command is one name and an argument (<c>"CLIENT", "ID"</c>).</param>
    /// <param name="arguments">The arguments in order.</param>
    public RedisCommand(string name, params ReadOnlySpan<RedisArgument> arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        _arguments = arguments.ToArray();
    }

    /// <summary>The command's name.</summary>
    public string Name { get; }

    /// <summary>The arguments in order.</summary>
    public ReadOnlySpan<RedisArgument> Arguments => _arguments;
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
    private readonly List<RedisCommand> _commands = [];

    private protected RedisCommandList()
    {
    }

    /// <summary>The commands in the order in which they run.</summary>
    public IReadOnlyList<RedisCommand> Commands => _commands;

    /// <summary>Appends a command made earlier.</summary>
    public void Append(RedisCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _commands.Add(command);
    }
}
