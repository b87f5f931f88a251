using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the model as a manifest for deployment tools, in the format that Aspire's tools read.</summary>
internal sealed class ManifestPublisher(DistributedApplicationModel model, DistributedApplicationExecutionContext context, IConfiguration configuration)
{
    private const string DefaultName = "aspire-manifest.json";

    /// <summary>Writes the file that <c>--output-path</c> names.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> PublishAsync(CancellationToken cancellationToken)
    {
        if (!string.Equals(configuration["publisher"] ?? "manifest", "manifest", StringComparison.OrdinalIgnoreCase))
            throw new DistributedApplicationException($"There is no publisher '{configuration["publisher"]}'; only 'manifest' is known.");
        var path = configuration["output-path"] ?? throw new DistributedApplicationException("Say where the manifest is to be written: --output-path <file or folder>.");
        path = Path.GetFullPath(path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? path : Path.Combine(path, DefaultName));
        using var buffer = new MemoryStream();
        await WriteAsync(buffer, path, cancellationToken);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, buffer.ToArray(), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The manifest {path} cannot be written: {exception.Message}", exception);
        }

        return path;
    }

    /// <summary>Writes the manifest as it would stand at <paramref name="path"/>.</summary>
    public async Task WriteAsync(Stream stream, string path, CancellationToken cancellationToken)
    {
        // The file is read by people and tools, never put into a page.
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        await using (var writer = new Utf8JsonWriter(stream, options))
        {
            var publishing = new ManifestPublishingContext(context, path, writer, cancellationToken);
            writer.WriteStartObject();
            writer.WriteStartObject("resources");
            foreach (var resource in model.Resources)
                await WriteAsync(resource, publishing);
            WriteReferenced(publishing);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static async Task WriteAsync(IResource resource, ManifestPublishingContext publishing)
    {
        var custom = resource.Annotations.OfType<ManifestPublishingCallbackAnnotation>().LastOrDefault();
        if (custom is { Callback: null })
            return;
        publishing.Writer.WriteStartObject(resource.Name);
        if (custom is { Callback: { } callback })
            await callback(publishing);
        else
            await ManifestResourceWriter.WriteAsync(resource, publishing);
        publishing.Writer.WriteEndObject();
    }

    /// <summary>In the order of the format: parameters with their escaped twins, then conditions.</summary>
    private void WriteReferenced(ManifestPublishingContext publishing)
    {
        var writer = publishing.Writer;
        foreach (var parameter in publishing.Referenced.Parameters.Where(parameter => !model.Resources.Contains(parameter)))
        {
            writer.WriteStartObject(parameter.Name);
            ManifestResourceWriter.WriteParameter(parameter, writer);
            writer.WriteEndObject();
        }

        foreach (var name in publishing.Referenced.Escaped)
        {
            writer.WriteStartObject($"{name}-uri-encoded");
            writer.WriteString("type", "annotated.string");
            writer.WriteString("value", $"{{{name}.value}}");
            writer.WriteString("filter", "uri");
            writer.WriteEndObject();
        }

        foreach (var condition in publishing.Referenced.Conditions)
        {
            writer.WriteStartObject(condition.Name);
            writer.WriteString("type", "value.v0");
            writer.WriteString("connectionString", condition.PublishedValue);
            writer.WriteEndObject();
        }
    }
}
