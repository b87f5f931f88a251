using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes resources in the manifest's terms.</summary>
internal static class ManifestResourceWriter
{
    public static Task WriteAsync(IResource resource, ManifestPublishingContext context) => resource switch
    {
        ProjectResource project => WriteProjectAsync(project, context),
        ContainerResource container => WriteContainerAsync(container, context),
        ExecutableResource executable => WriteExecutableAsync(executable, context),
        ParameterResource parameter => WriteParameterAsync(parameter, context),
        IResourceWithConnectionString value => WriteValueAsync(value, context),
        _ => throw new DistributedApplicationException(
            $"The resource '{resource.Name}' ({resource.GetType().Name}) has no form in the manifest. Leave it out with ExcludeFromManifest."),
    };

    public static void WriteParameter(ParameterResource parameter, Utf8JsonWriter writer)
    {
        writer.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString)
            writer.WriteString("connectionString", $"{{{parameter.Name}.value}}");
        writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        writer.WriteStartObject("inputs");
        writer.WriteStartObject("value");
        writer.WriteString("type", "string");
        if (parameter.Secret)
            writer.WriteBoolean("secret", true);
        if (parameter.Default is { } value)
        {
            writer.WriteStartObject("default");
            value.WriteToManifest(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static Task WriteParameterAsync(ParameterResource parameter, ManifestPublishingContext context)
    {
        WriteParameter(parameter, context.Writer);
        return Task.CompletedTask;
    }

    private static async Task WriteProjectAsync(ProjectResource project, ManifestPublishingContext context)
    {
        context.Writer.WriteString("type", "project.v0");
        context.Writer.WriteString("path", context.GetManifestRelativePath(project.GetProjectMetadata().ProjectPath));
        await WriteArgumentsAsync(project, context);
        await WriteEnvironmentAsync(project, context);
        ManifestBindings.Write(project, context.Writer);
    }

    private static async Task WriteContainerAsync(ContainerResource container, ManifestPublishingContext context)
    {
        var writer = context.Writer;
        writer.WriteString("type", "container.v0");
        if (container is IResourceWithConnectionString source)
            writer.WriteString("connectionString", context.Expression(source.ConnectionStringExpression));
        writer.WriteString("image", container.Annotations.OfType<ContainerImageAnnotation>().Last().Reference);

        // Arguments may bring an entry point of their own.
        var arguments = await ArgumentsAsync(container, context);
        if (container.Entrypoint is { } entrypoint)
            writer.WriteString("entrypoint", entrypoint);
        WriteArguments(arguments, context);
        WriteMounts(container, context);
        await WriteEnvironmentAsync(container, context);
        ManifestBindings.Write(container, writer);
    }

    private static async Task WriteExecutableAsync(ExecutableResource executable, ManifestPublishingContext context)
    {
        context.Writer.WriteString("type", "executable.v0");
        context.Writer.WriteString("workingDirectory", context.GetManifestRelativePath(executable.WorkingDirectory));
        context.Writer.WriteString("command", executable.Command);
        await WriteArgumentsAsync(executable, context);
        await WriteEnvironmentAsync(executable, context);
        ManifestBindings.Write(executable, context.Writer);
    }

    private static Task WriteValueAsync(IResourceWithConnectionString value, ManifestPublishingContext context)
    {
        context.Writer.WriteString("type", "value.v0");
        context.Writer.WriteString("connectionString", context.Expression(value.ConnectionStringExpression));
        return Task.CompletedTask;
    }

    private static void WriteMounts(ContainerResource container, ManifestPublishingContext context)
    {
        foreach (var kind in (ContainerMountType[])[ContainerMountType.BindMount, ContainerMountType.Volume])
        {
            var mounts = container.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == kind).ToArray();
            if (mounts.Length == 0)
                continue;
            context.Writer.WriteStartArray(kind == ContainerMountType.Volume ? "volumes" : "bindMounts");
            foreach (var mount in mounts)
            {
                context.Writer.WriteStartObject();
                if (mount.Source is { } source)
                    context.Writer.WriteString(kind == ContainerMountType.Volume ? "name" : "source", kind == ContainerMountType.Volume ? source : context.GetManifestRelativePath(source));
                context.Writer.WriteString("target", mount.Target);
                context.Writer.WriteBoolean("readOnly", mount.IsReadOnly);
                context.Writer.WriteEndObject();
            }

            context.Writer.WriteEndArray();
        }
    }

    private static async Task<IReadOnlyList<string>> ArgumentsAsync(IResource resource, ManifestPublishingContext context)
    {
        var callbackContext = new CommandLineArgsCallbackContext([], resource, context.CancellationToken) { ExecutionContext = context.ExecutionContext };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
            await annotation.Callback(callbackContext);
        return [.. callbackContext.Args.Select(context.Expression).OfType<string>()];
    }

    private static async Task WriteArgumentsAsync(IResource resource, ManifestPublishingContext context) =>
        WriteArguments(await ArgumentsAsync(resource, context), context);

    private static void WriteArguments(IReadOnlyList<string> arguments, ManifestPublishingContext context)
    {
        if (arguments.Count == 0)
            return;
        context.Writer.WriteStartArray("args");
        foreach (var argument in arguments)
            context.Writer.WriteStringValue(argument);
        context.Writer.WriteEndArray();
    }

    private static async Task WriteEnvironmentAsync(IResource resource, ManifestPublishingContext context)
    {
        var variables = await ModelVariables.CollectAsync(resource, context.ExecutionContext, context.CancellationToken);
        if (variables.Count == 0)
            return;
        context.Writer.WriteStartObject("env");
        foreach (var (name, value) in variables)
            context.Writer.WriteString(name, context.Expression(value));
        context.Writer.WriteEndObject();
    }
}
