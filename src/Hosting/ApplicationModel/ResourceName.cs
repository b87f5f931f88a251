namespace Aspire.Hosting.ApplicationModel;

internal static class ResourceName
{
    private const int MaxLength = 64;

    public static void Validate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Problem(name) is { } problem)
            throw new ArgumentException($"The resource name '{name}' is invalid: {problem}.", nameof(name));
    }

    private static string? Problem(string name) => name switch
    {
        { Length: 0 or > MaxLength } => $"it must have 1 to {MaxLength} characters",
        _ when !char.IsAsciiLetter(name[0]) => "it must start with an ASCII letter",
        _ when name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-') => "only ASCII letters, digits and hyphens are allowed",
        _ when name.Contains("--", StringComparison.Ordinal) => "two hyphens in a row are not allowed",
        _ when name[^1] == '-' => "it must not end with a hyphen",
        _ => null,
    };
}
