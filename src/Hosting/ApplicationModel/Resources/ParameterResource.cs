namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from outside: the configuration key <c>Parameters:{name}</c>, a default, or a generated secret.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    /// <summary>Makes a parameter.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="callback">Gives the value; asked once, when it is first needed.</param>
    /// <param name="secret">Whether the value is to be kept out of sight.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _value = new(() => callback(Default));
        Secret = secret;
    }

    /// <summary>What is used when nothing is configured.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>Whether the value is to be kept out of sight.</summary>
    public bool Secret { get; }

    /// <summary>Whether the value is a connection string, whose key is <c>ConnectionStrings:{name}</c>.</summary>
    public bool IsConnectionString { get; set; }

    /// <summary>What the parameter is for.</summary>
    public string? Description { get; set; }

    /// <inheritdoc/>
    public string ValueExpression => $"{{{Name}.value}}";

    /// <inheritdoc/>
    /// <exception cref="MissingParameterValueException">Nothing gives the parameter a value.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(_value.Value);

    internal string Value => _value.Value;
}
