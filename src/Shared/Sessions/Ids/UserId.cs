namespace ShopSession.Sessions;

/// <summary>The stable id of an account, as its sign-in claim (<see cref="System.Security.Claims.ClaimTypes.NameIdentifier"/>) carries it.</summary>
/// <param name="Value">The id; not empty.</param>
public readonly record struct UserId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
