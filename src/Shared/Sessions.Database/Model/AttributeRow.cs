namespace ShopSession.Sessions.Database.Model;

/// <summary>One attribute of a session; name and value do not show what they are.</summary>
internal sealed class AttributeRow
{
    public required string Handle { get; init; }

    public required string Name { get; init; }

    public required byte[] Value { get; init; }
}
