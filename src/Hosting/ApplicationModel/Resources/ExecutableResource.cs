namespace Aspire.Hosting.ApplicationModel;

/// <summary>A program on this machine.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="command">The program: a name found on the PATH, or a path (relative ones start at the working directory).</param>
/// <param name="workingDirectory">Where it runs.</param>
public class ExecutableResource(string name, string command, string workingDirectory)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>The program.</summary>
    public string Command { get; internal set; } = command;

    /// <summary>Where it runs.</summary>
    public string WorkingDirectory { get; internal set; } = workingDirectory;
}
