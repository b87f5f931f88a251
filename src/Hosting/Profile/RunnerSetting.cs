namespace ShopSession.Hosting;

/// <summary>One setting of the application or its runner.</summary>
public sealed class RunnerSetting
{
    private readonly Func<string, string?> _check;

    internal RunnerSetting(string key, string? defaultValue, string description, RunnerSettingKind kind, Func<string, string?> check)
    {
        Key = key;
        DefaultValue = defaultValue;
        Description = description;
        Kind = kind;
        _check = check;
    }

    /// <summary>The configuration key, for example <c>Shop:Port</c>.</summary>
    public string Key { get; }

    /// <summary>The environment variable, for example <c>Shop__Port</c>.</summary>
    public string EnvironmentName => Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>The value when nothing is configured.</summary>
    public string? DefaultValue { get; }

    /// <summary>What it is for.</summary>
    public string Description { get; }

    internal RunnerSettingKind Kind { get; }

    /// <summary>The message about a wrong value, or <see langword="null"/>.</summary>
    internal string? Problem(string value) => _check(value) is { } expected
        ? $"The setting {EnvironmentName} is '{(Kind == RunnerSettingKind.Secret ? "***" : value)}', but {expected}."
            + (DefaultValue is null ? "" : $" Without it, {DefaultValue} is used.")
        : null;
}

internal enum RunnerSettingKind
{
    Text,
    Secret,
    Port,
    Number,
    Choice,
    Directory,
}
