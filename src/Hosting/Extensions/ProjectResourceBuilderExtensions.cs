using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects to the model.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project that the application host references.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), new ProjectResourceOptions());

    /// <summary>Adds a project that the application host references.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="launchProfileName">The profile of its <c>launchSettings.json</c>; <see langword="null"/>: none.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), Profile(launchProfileName));

    /// <summary>Adds a project that the application host references.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), Configured(configure));

    /// <summary>Adds a project by its path, from the application host's folder. It is built when it is started.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        Add(builder, name, new PathProjectMetadata(builder, projectPath), new ProjectResourceOptions());

    /// <summary>Adds a project by its path, from the application host's folder. It is built when it is started.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, string? launchProfileName) =>
        Add(builder, name, new PathProjectMetadata(builder, projectPath), Profile(launchProfileName));

    /// <summary>Adds a project by its path, from the application host's folder. It is built when it is started.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, Action<ProjectResourceOptions> configure) =>
        Add(builder, name, new PathProjectMetadata(builder, projectPath), Configured(configure));

    /// <summary>Sets how many processes run the project. Each has an address of its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one.</exception>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Leaves <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> out of a deployment.</summary>
    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(this IResourceBuilder<ProjectResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation<DisableForwardedHeadersAnnotation>(ResourceAnnotationMutationBehavior.Replace);
    }

    internal static IProjectMetadata GetProjectMetadata(this IResource resource) => resource.Annotations.OfType<IProjectMetadata>().Single();

    private static ProjectResourceOptions Profile(string? name) => new() { LaunchProfileName = name, ExcludeLaunchProfile = name is null };

    private static ProjectResourceOptions Configured(Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProjectResourceOptions();
        configure(options);
        return options;
    }

    private static IResourceBuilder<ProjectResource> Add(
        IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata, ProjectResourceOptions options)
    {
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata);
        project.WithEnvironment(context =>
        {
            if (!context.ExecutionContext.IsPublishMode)
                return;
            context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
            if (!context.Resource.Annotations.OfType<DisableForwardedHeadersAnnotation>().Any())
                context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            PublishedPorts.Add(context);
        });
        if (!options.ExcludeLaunchProfile)
            LaunchProfileApplier.Apply(project, metadata, options.LaunchProfileName, withEndpoints: !options.ExcludeKestrelEndpoints);
        return project;
    }

    /// <summary>A project that is known by its path alone.</summary>
    private sealed class PathProjectMetadata(IDistributedApplicationBuilder builder, string path) : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.GetFullPath(path.Replace('\\', '/'), builder.AppHostDirectory);
    }
}

/// <summary>How a project is added.</summary>
public class ProjectResourceOptions
{
    /// <summary>The profile of its <c>launchSettings.json</c>; <see langword="null"/>: the first that starts the project.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether <c>launchSettings.json</c> is left alone.</summary>
    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Whether addresses that the project itself configures become no endpoints.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}

internal sealed class DisableForwardedHeadersAnnotation : IResourceAnnotation;
