namespace ShopSession.Sessions;

/// <summary>
/// The public name of one session: the hash under which its record is stored. It finds a session in lists and cannot be used to be that
/// session.
/// </summary>
/// <param name="Value">22 characters of base64url (the first 128 bits of a SHA-256).</param>
public readonly record struct SessionHandle(string Value)
{
    /// <summary>Whether <paramref name="text"/> has the form of a handle.</summary>
    public static bool TryParse(string? text, out SessionHandle handle)
    {
        handle = new SessionHandle(text ?? "");
        return text is { Length: 22 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
