using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Health;

/// <summary>A check that is made of every replica for itself.</summary>
/// <param name="name">Its name.</param>
/// <param name="probe">Takes the replica's number from 0; gives <see langword="null"/> when all is well, else what is wrong.</param>
internal sealed class ReplicaProbeAnnotation(string name, Func<int, CancellationToken, Task<string?>> probe) : IResourceAnnotation
{
    public string Name { get; } = name;

    public Func<int, CancellationToken, Task<string?>> Probe { get; } = probe;
}
