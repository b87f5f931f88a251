using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Describes an application: its resources and what they need of one another. Not safe for concurrent use.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>The configuration of the application host: <c>appsettings.json</c>, environment, command line.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The folder of the application host's project.</summary>
    string AppHostDirectory { get; }

    /// <summary>The assembly of the application host.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>The environment of the application host.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>The services of the application host.</summary>
    IServiceCollection Services { get; }

    /// <summary>What happens to the application and its resources.</summary>
    IDistributedApplicationEventing Eventing { get; }

    /// <summary>Whether the application is run or published.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resources so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>Adds a resource to the model.</summary>
    /// <exception cref="DistributedApplicationException">The model has a resource of that name.</exception>
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;

    /// <summary>A builder for a resource, without adding it to the model.</summary>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource;

    /// <summary>Finishes the description. Call once.</summary>
    DistributedApplication Build();
}
