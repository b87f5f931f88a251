using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes a resource's part of the manifest.</summary>
/// <param name="callback">Writes it; <see langword="null"/>: the resource stays out of the manifest.</param>
public sealed class ManifestPublishingCallbackAnnotation(Func<ManifestPublishingContext, Task>? callback) : IResourceAnnotation
{
    /// <summary>Writes it.</summary>
    public Func<ManifestPublishingContext, Task>? Callback { get; } = callback;

    /// <summary>Keeps a resource out of the manifest.</summary>
    public static ManifestPublishingCallbackAnnotation Ignore { get; } = new(null);
}

/// <summary>The image of a container.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    /// <summary>The registry.</summary>
    public string? Registry { get; set; }

    /// <summary>The image.</summary>
    public required string Image { get; set; }

    /// <summary>The tag.</summary>
    public string? Tag { get; set; }

    /// <summary>Registry, image and tag.</summary>
    public string Reference => (Registry is null ? "" : Registry + "/") + Image + (Tag is null ? "" : ":" + Tag);
}

/// <summary>What a container keeps.</summary>
/// <param name="source">The volume's name, or the folder on the host.</param>
/// <param name="target">Where it is inside.</param>
/// <param name="type">Whether <paramref name="source"/> names a volume or a folder.</param>
/// <param name="isReadOnly">Whether the container may only read.</param>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    /// <summary>The volume's name, or the folder on the host.</summary>
    public string? Source { get; } = source;

    /// <summary>Where it is inside.</summary>
    public string Target { get; } = target;

    /// <summary>Whether <see cref="Source"/> names a volume or a folder.</summary>
    public ContainerMountType Type { get; } = type;

    /// <summary>Whether the container may only read.</summary>
    public bool IsReadOnly { get; } = isReadOnly;
}

/// <summary>The kinds of mounts.</summary>
public enum ContainerMountType
{
    /// <summary>A folder of the host.</summary>
    BindMount,

    /// <summary>A named volume.</summary>
    Volume,
}
