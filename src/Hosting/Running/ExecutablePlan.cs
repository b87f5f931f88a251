using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Running;

/// <summary>Runs a program of this machine.</summary>
internal sealed class ExecutablePlan(ExecutableResource resource) : IProcessPlan
{
    public string Source => resource.Command;

    public ValueTask<ProcessSpec> PrepareAsync(
        Replica replica, Dictionary<string, string> environment, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var program = ProgramPath.Find(resource.Command, resource.WorkingDirectory) ?? throw new DistributedApplicationException(
            $"The program '{resource.Command}' of the resource '{resource.Name}' was not found, neither on the PATH nor from {resource.WorkingDirectory}.");
        return new(new ProcessSpec(program, arguments, resource.WorkingDirectory, environment));
    }
}
