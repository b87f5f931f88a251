using System.Diagnostics;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Running;

/// <summary>Finds the assembly that a project builds.</summary>
internal static class ProjectOutput
{
    /// <exception cref="DistributedApplicationException">The project is not built, or cannot be built.</exception>
    public static async ValueTask<string> FindAsync(IProjectMetadata metadata, CancellationToken cancellationToken)
    {
        var assembly = metadata is IProjectOutputMetadata known ? known.AssemblyPath : await BuildAsync(metadata.ProjectPath, cancellationToken);
        return File.Exists(assembly)
            ? assembly
            : throw new DistributedApplicationException($"The project {metadata.ProjectPath} is not built: {assembly} does not exist. Build the application host, which builds it too.");
    }

    /// <summary>A project given by its path is not built together with the application host: it is built now.</summary>
    private static async Task<string> BuildAsync(string projectPath, CancellationToken cancellationToken)
    {
        if (!File.Exists(projectPath))
            throw new DistributedApplicationException($"The project {projectPath} does not exist. Its path is given from the application host's folder.");
        var info = new ProcessStartInfo(ProgramPath.Dotnet, ["build", projectPath, "-v", "q", "--nologo", "-getProperty:TargetPath"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new DistributedApplicationException($"The project {projectPath} cannot be built:{Environment.NewLine}{await output}{await error}");
    }
}
