namespace ShopSession.Sessions.Database.Model;

/// <summary>One counter of a session: plain, since the database itself adds to it.</summary>
internal sealed class CounterRow
{
    public required string Handle { get; init; }

    public required string Name { get; init; }

    public required long Value { get; init; }
}
