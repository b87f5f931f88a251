namespace ShopSession.Sessions.Bench.Servers;

/// <summary>One way to have a session, or none.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its name in the report.</param>
internal sealed record Stack(string Name, string Title)
{
    public static Stack None { get; } = new("none", "no session");

    public static Stack Memory { get; } = new("memory", "AddSession, in-memory cache");

    public static Stack SharedNear { get; } = new("shared-near", "shared session, near cache");

    public static Stack Shared { get; } = new("shared", "shared session, no near cache");

    public static Stack Cache { get; } = new("cache", "AddSession over Redis (IDistributedCache)");

    /// <summary>What a store that answers each request at least costs: nothing but one command, and nothing that makes a session of it.</summary>
    public static Stack Floor { get; } = new("floor", "the floor: one bare GET or SET, no session");

    /// <summary>What a record with a field per attribute at least costs: the commands by which a session reads and writes one, and nothing that makes a session of it.</summary>
    public static Stack RecordFloor { get; } = new("record-floor", "the floor of a record: bare HGETALL, or MULTI HSET PEXPIRE HMGET EXEC, no session");

    /// <summary>Whether it has the shared session.</summary>
    public bool IsShared => this == SharedNear || this == Shared;

    public static IReadOnlyList<Stack> All { get; } = [None, Memory, SharedNear, Shared, Cache, Floor, RecordFloor];

    /// <summary>The stack of this name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static Stack Parse(string name) =>
        All.FirstOrDefault(stack => stack.Name == name)
        ?? throw new FormatException($"'{name}' is no stack; there are {string.Join(", ", All.Select(stack => stack.Name))}.");
}
