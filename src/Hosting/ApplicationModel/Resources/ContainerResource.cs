namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A container, as a deployment runs it. This runner starts no containers: it knows for each kind of container resource how to run the same
/// thing as a process (see <see cref="RedisResource"/>).
/// </summary>
/// <param name="name">The resource's name.</param>
/// <param name="entrypoint">The program inside the image; <see langword="null"/>: the image's own.</param>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>The program inside the image.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}
