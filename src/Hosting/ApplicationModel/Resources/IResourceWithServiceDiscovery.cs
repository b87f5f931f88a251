using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A resource that others find by name: a reference to it hands out its endpoints.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
