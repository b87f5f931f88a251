using System.Text.RegularExpressions;

namespace Aspire.Hosting.Running;

/// <summary>Which variables may be set while the application runs. Messages name variables, never values: those may be secrets.</summary>
internal static partial class EnvironmentRules
{
    /// <summary>The most variables in one change.</summary>
    public const int MaxVariables = 64;

    /// <summary>The longest value, in characters.</summary>
    public const int MaxValueLength = 4096;

    // Each replica has its own; the runner gives them at each start.
    private static readonly string[] OfReplica = ["OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES"];

    /// <summary>What is wrong with a change; <see langword="null"/>: nothing.</summary>
    /// <param name="variables">Names and values; <see langword="null"/> takes an override back.</param>
    /// <param name="notHandedOn">Names that the runner keeps from processes, or gives them itself.</param>
    public static string? Problem(IReadOnlyDictionary<string, string?> variables, IReadOnlySet<string> notHandedOn)
    {
        if (variables.Count is 0 or > MaxVariables)
            return $"There are {variables.Count} variables; expected 1 to {MaxVariables}.";
        if (variables.Keys.FirstOrDefault(name => !Name().IsMatch(name)) is { } bad)
            return $"'{Short(bad)}' is no name of a variable: expected at most 128 letters, digits, '_', '.' and '-', with a letter or '_' first.";
        if (variables.Keys.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return $"The variable {twice.Key} is there twice: names that differ in case only are one to the services.";
        if (variables.Keys.FirstOrDefault(name => notHandedOn.Contains(name) || OfReplica.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } own)
            return $"The variable {own} is the runner's own and cannot be set.";
        if (variables.FirstOrDefault(variable => variable.Value?.Length > MaxValueLength) is { Key: { } @long })
            return $"The value of {@long} is longer than {MaxValueLength} characters.";
        return variables.FirstOrDefault(variable => variable.Value?.Any(char.IsControl) ?? false) is { Key: { } broken }
            ? $"The value of {broken} has control characters; expected one line of text."
            : null;
    }

    private static string Short(string name) => name.Length <= 40 ? name : name[..40] + "…";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.-]{0,127}\\z")]
    private static partial Regex Name();
}
