namespace ShopSession.Auth.Accounts;

/// <summary>What is wrong with which field. Fields carry the names of the JSON API; pages translate them.</summary>
internal sealed class FieldErrors
{
    public const string Email = "email";
    public const string Password = "password";
    public const string DisplayName = "displayName";
    public const string Current = "current";
    public const string New = "new";

    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    public IReadOnlyDictionary<string, string[]> All => _errors;

    /// <summary>For rules that are shared with other services and know only names and messages.</summary>
    public IDictionary<string, string[]> Fields => _errors;

    public FieldErrors Add(string field, string? error)
    {
        if (!string.IsNullOrEmpty(error)) _errors[field] = [error];
        return this;
    }
}
