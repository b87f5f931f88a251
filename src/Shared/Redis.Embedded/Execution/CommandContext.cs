using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Execution;

/// <summary>What a command sees while it runs. One instance serves all commands in turn, as only one runs at a time.</summary>
internal sealed class CommandContext(Store store, CommandProcessor processor, ReplyWriter reply)
{
    private byte[][] _arguments = [];

    public Store Store { get; } = store;

    public CommandProcessor Processor { get; } = processor;

    public ReplyWriter Reply { get; } = reply;

    public Client Client { get; private set; } = null!;

    public CommandSpec Spec { get; private set; } = null!;

    /// <summary>The time at which the command runs, in Unix milliseconds. It stands still during a command and during a transaction.</summary>
    public long Now { get; private set; }

    public Database Db => Client.Database;

    public int Count => _arguments.Length;

    public byte[][] Arguments => _arguments;

    /// <summary>Whether the command changed something.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>Whether the command has said itself what is written to the log in its place.</summary>
    public bool HasOwnEffect { get; private set; }

    public byte[] this[int index] => _arguments[index];

    public void Begin(Client client, CommandSpec spec, byte[][] arguments, long now)
    {
        (Client, Spec, _arguments, Now) = (client, spec, arguments, now);
        IsDirty = HasOwnEffect = false;
    }

    public bool Is(int index, ReadOnlySpan<byte> word) => _arguments[index].Is(word);

    public long Int(int index, string error = Errors.NotInteger) =>
        Numbers.TryParseInt64(_arguments[index], out var value) ? value : throw new CommandException(error);

    /// <summary>The database that an argument names.</summary>
    /// <exception cref="CommandException">There is none of this number.</exception>
    public Database DatabaseAt(int index)
    {
        var number = Int(index);
        if (number is < int.MinValue or > int.MaxValue) throw Errors.NotBetween(int.MinValue, int.MaxValue);
        return number >= 0 && number < Store.Databases.Length ? Store.Databases[number] : throw new CommandException(Errors.DatabaseOutOfRange);
    }

    public double Float(int index, string error = Errors.NotFloat) =>
        Numbers.TryParseDouble(_arguments[index], out var value) ? value : throw new CommandException(error);

    public KeyEntry? Find(byte[] key) => Store.Find(Db, key, Now);

    /// <summary>The value of a key as the type that the command works on; <see langword="null"/> when there is no such key.</summary>
    /// <exception cref="CommandException">The key holds another type.</exception>
    public T? Get<T>(byte[] key)
        where T : RedisValue => Find(key)?.Value switch
        {
            null => null,
            T value => value,
            _ => throw new CommandException(Errors.WrongType),
        };

    public T GetOrCreate<T>(byte[] key)
        where T : RedisValue, new()
    {
        if (Get<T>(key) is { } value) return value;
        value = new T();
        Db.Set(key, value);
        return value;
    }

    /// <summary>Removes the key, without announcing it, when its collection has become empty.</summary>
    public void RemoveIfEmpty(byte[] key, RedisValue value)
    {
        if (value.IsEmpty) Db.Remove(key);
    }

    /// <summary>Tells who watches or tracks the key, and has the command written to the log.</summary>
    public void Changed(byte[] key)
    {
        IsDirty = true;
        Store.Signal(Client, Db, key);
    }

    /// <summary>Has the command written to the log without announcing a key.</summary>
    public void MarkDirty() => IsDirty = true;

    /// <summary>
    /// Writes another command to the log in place of this one: where executing it again later would not do the same, because it
    /// depends on the time, on chance or on rounding.
    /// </summary>
    public void Effect(params ReadOnlySpan<byte[]> command)
    {
        HasOwnEffect = true;
        Store.Effects.Add(Db.Index, command);
    }

    /// <summary>Writes nothing to the log: it has already been said what happened.</summary>
    public void NoEffect() => HasOwnEffect = true;

    /// <summary>Bytes that may be taken beyond what is needed now.</summary>
    public long SpareMemory => Store.IsLoading ? long.MaxValue : Math.Max(0, Store.Settings.MaxMemory - Store.DataMemory);

    /// <summary>Refuses a command that would grow a value beyond what the store may use.</summary>
    public void RequireMemory(long bytes)
    {
        if (!Store.IsLoading && Store.DataMemory + bytes > Store.Settings.MaxMemory) throw new CommandException(Errors.OutOfMemory);
    }
}
