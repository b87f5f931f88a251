namespace ShopSession.Cart.Orders;

/// <summary>What an administrator writes down with an action, checked.</summary>
internal static class OrderNote
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 300;

    /// <summary>What is wrong with the note; <see langword="null"/>: nothing.</summary>
    public static string? Problem(string? note, bool isNeeded)
    {
        if (isNeeded && string.IsNullOrWhiteSpace(note)) return T["Say why, for those who look at this later."];
        return note is { Length: > MaxLength } ? T[$"At most {MaxLength} characters."] : null;
    }

    /// <summary>The note as it is kept.</summary>
    public static string? Text(string? note) => string.IsNullOrWhiteSpace(note) ? null : note.Trim();
}
