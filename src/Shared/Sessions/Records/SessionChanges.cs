namespace ShopSession.Sessions;

/// <summary>What one request changed: the delta that is written. Not safe for concurrent use.</summary>
public sealed class SessionChanges
{
    private readonly Dictionary<string, byte[]?> _attributes = [];

    /// <summary>New values by attribute; <see langword="null"/> removes.</summary>
    public IReadOnlyDictionary<string, byte[]?> Attributes => _attributes;

    /// <summary>Whether nothing is to be written.</summary>
    public bool IsEmpty => _attributes.Count == 0;

    internal void Set(string name, byte[] value) => _attributes[name] = value;

    internal void Remove(string name) => _attributes[name] = null;

    internal void Forget(string name) => _attributes.Remove(name);

    internal void Reset() => _attributes.Clear();
}
