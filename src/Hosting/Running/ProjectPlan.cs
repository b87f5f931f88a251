using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Running;

/// <summary>Runs a built .NET project with the runtime that this process runs on.</summary>
internal sealed class ProjectPlan(ProjectResource project) : IProcessPlan
{
    private readonly IProjectMetadata _metadata = project.GetProjectMetadata();

    public string Source => _metadata.ProjectPath;

    public async ValueTask<ProcessSpec> PrepareAsync(
        Replica replica, Dictionary<string, string> environment, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var assembly = await ProjectOutput.FindAsync(_metadata, cancellationToken);
        Urls(replica, environment);
        return new(ProgramPath.Dotnet, [assembly, .. arguments], Path.GetDirectoryName(_metadata.ProjectPath)!, environment);
    }

    private void Urls(Replica replica, Dictionary<string, string> environment)
    {
        var web = project.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https").ToArray();
        if (web.Length == 0)
            environment.Remove("ASPNETCORE_URLS");
        else
            environment["ASPNETCORE_URLS"] = string.Join(';', web.Select(endpoint => endpoint.Replicas[replica.Index].UriString));
        if (web.FirstOrDefault(endpoint => endpoint.UriScheme == "https") is { } https)
            environment["ASPNETCORE_HTTPS_PORT"] = https.Replicas[replica.Index].Port.ToString(CultureInfo.InvariantCulture);
    }
}
