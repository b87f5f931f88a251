using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>What a resource needs to write its part of the manifest.</summary>
/// <param name="executionContext">What the application is doing.</param>
/// <param name="manifestPath">The manifest's file.</param>
/// <param name="writer">Writes it.</param>
/// <param name="cancellationToken">Ends the work.</param>
public sealed class ManifestPublishingContext(
    DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter writer, CancellationToken cancellationToken = default)
{
    /// <summary>What the application is doing.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The manifest's file.</summary>
    public string ManifestPath { get; } = manifestPath;

    /// <summary>Writes it.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Values that stand in the manifest as resources of their own, because expressions name them.</summary>
    internal ReferencedValues Referenced { get; } = new();

    /// <summary>A path as it stands in the manifest: from the manifest's folder, with slashes.</summary>
    public string? GetManifestRelativePath(string? path) =>
        path is null ? null : Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!, path).Replace('\\', '/');

    /// <summary>The text or expression of a value.</summary>
    internal string? Expression(object? value)
    {
        Referenced.Add(value);
        return value switch
        {
            IManifestExpressionProvider provider => provider.ValueExpression,
            _ => value?.ToString(),
        };
    }
}
