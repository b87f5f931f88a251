namespace Aspire.Hosting.ApplicationModel;

/// <summary>The base of all resources.</summary>
public abstract class Resource : IResource
{
    /// <summary>Makes a resource.</summary>
    /// <param name="name">1 to 64 ASCII letters, digits and single hyphens, starting with a letter, not ending with a hyphen.</param>
    /// <exception cref="ArgumentException">The name breaks these rules.</exception>
    protected Resource(string name)
    {
        ResourceName.Validate(name);
        Name = name;
    }

    /// <inheritdoc/>
    public virtual string Name { get; }

    /// <inheritdoc/>
    public virtual ResourceAnnotationCollection Annotations { get; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name} '{Name}'";
}
