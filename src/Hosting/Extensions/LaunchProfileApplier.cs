using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Takes endpoints and environment variables from a project's launch profile.</summary>
internal static class LaunchProfileApplier
{
    public static void Apply(IResourceBuilder<ProjectResource> project, IProjectMetadata metadata, string? name, bool withEndpoints)
    {
        var settings = LaunchSettingsFile.Read(metadata);
        if (Choose(project.ApplicationBuilder, settings, name) is not ({ } profileName, { } profile))
        {
            if (name is not null)
                throw new DistributedApplicationException(
                    $"The project '{project.Resource.Name}' has no launch profile '{name}'. It has: {string.Join(", ", settings?.Profiles.Keys.ToArray() ?? [])}.");
            return;
        }

        if (withEndpoints)
            AddEndpoints(project.Resource, profile);
        if (project.ApplicationBuilder.ExecutionContext.IsPublishMode)
            return;
        project.WithEnvironment(context =>
        {
            foreach (var (variable, value) in profile.EnvironmentVariables)
                context.EnvironmentVariables.TryAdd(variable, value);
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profileName);
        });
    }

    private static KeyValuePair<string?, LaunchProfile?> Choose(IDistributedApplicationBuilder builder, LaunchSettings? settings, string? name)
    {
        if (settings is null)
            return default;
        foreach (var wanted in (string?[])[name, builder.Configuration["AppHost:DefaultLaunchProfileName"], builder.Configuration["DOTNET_LAUNCH_PROFILE"]])
            if (wanted is not null && settings.Profiles.TryGetValue(wanted, out var found))
                return new(wanted, found);
        var first = name is null ? settings.Profiles.FirstOrDefault(profile => profile.Value.CommandName is null or "" or "Project") : default;
        return new(first.Key, first.Value);
    }

    private static void AddEndpoints(ProjectResource project, LaunchProfile profile)
    {
        var schemes = new Dictionary<string, int>();
        foreach (var text in (profile.ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
                throw new DistributedApplicationException($"The launch profile of '{project.Name}' has the address '{text}', which is none.");
            var number = schemes[url.Scheme] = schemes.GetValueOrDefault(url.Scheme) + 1;
            project.Annotations.Add(new EndpointAnnotation(
                ProtocolType.Tcp, url.Scheme, name: number == 1 ? url.Scheme : $"{url.Scheme}{number}", port: url.Port)
            {
                TargetHost = url.Host,
                FromLaunchProfile = true,
            });
        }
    }
}
