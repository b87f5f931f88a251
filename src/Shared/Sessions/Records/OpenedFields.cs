using Microsoft.AspNetCore.Authentication;

namespace ShopSession.Sessions;

/// <summary>
/// A session's encrypted fields as they stood in the store, beside what they said. What stands there still, byte for byte, says it still: a write that reads the session back need not decrypt it
/// again, nor derive the keys and the names of its fields. Says nothing of what has changed. Immutable and safe to share.
/// </summary>
internal sealed class OpenedFields
{
    private readonly Dictionary<string, Attribute> _attributes;
    private readonly byte[]? _sealedTicket;
    private readonly AuthenticationTicket? _ticket;

    public OpenedFields(SessionKeys? keys, byte[]? sealedTicket, AuthenticationTicket? ticket, Dictionary<string, Attribute> attributes) =>
        (Keys, _sealedTicket, _ticket, _attributes) = (keys, sealedTicket, ticket, attributes);

    /// <summary>The keys of the session's id, where they were needed.</summary>
    public SessionKeys? Keys { get; }

    public AuthenticationTicket? TicketIn(ReadOnlySpan<byte> sealedTicket) => _sealedTicket.AsSpan().SequenceEqual(sealedTicket) ? _ticket : null;

    public Attribute? AttributeIn(string field, ReadOnlySpan<byte> sealedValue) =>
        _attributes.TryGetValue(field, out var attribute) && attribute.Sealed.Span.SequenceEqual(sealedValue) ? attribute : null;

    /// <summary>The field that keeps the attribute, if it had a value.</summary>
    public string? FieldOf(string name)
    {
        foreach (var (field, attribute) in _attributes)
        {
            if (attribute.Name == name) return field;
        }

        return null;
    }

    /// <summary>These, and what is being written.</summary>
    public OpenedFields With(SessionKeys? keys, IReadOnlyList<KeyValuePair<string, Attribute>> written)
    {
        var attributes = new Dictionary<string, Attribute>(_attributes, StringComparer.Ordinal);
        foreach (var (field, attribute) in written) attributes[field] = attribute;
        return new OpenedFields(keys ?? Keys, _sealedTicket, _ticket, attributes);
    }

    /// <param name="Sealed">As it stands in the store.</param>
    /// <param name="Name">The attribute's name.</param>
    /// <param name="Value">The attribute's value; nobody may change it.</param>
    public readonly record struct Attribute(ReadOnlyMemory<byte> Sealed, string Name, byte[] Value);
}
