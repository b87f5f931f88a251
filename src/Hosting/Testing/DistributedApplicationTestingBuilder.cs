using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Describes an application under test: what its program has described, open for changes until it is built.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Finishes the description.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

/// <summary>Starts application hosts in tests: with free ports, a private data directory and no page, unless the arguments say otherwise.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Describes the application of an application host.</summary>
    /// <typeparam name="TEntryPoint">A type of its assembly, usually <c>Projects.AppHost</c>.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>Describes the application of an application host.</summary>
    /// <typeparam name="TEntryPoint">A type of its assembly, usually <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">Its command line, for example <c>Shop:Replicas=3</c>; <c>DcpPublisher:RandomizePorts=false</c> keeps fixed ports.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    /// <summary>Describes the application of an application host.</summary>
    /// <typeparam name="TEntryPoint">A type of its assembly, usually <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">Its command line.</param>
    /// <param name="configureBuilder">Changes how its host is set up; <c>DisableDashboard = false</c> gives it the page and its API.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Describes the application of an application host.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <summary>Describes the application of an application host.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, args, static (_, _) => { }, cancellationToken);

    /// <summary>Describes the application of an application host.</summary>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(args);
        var session = new TestingSession(entryPoint.Assembly, args, configureBuilder);
        session.StartProgram();
        try
        {
            return new TestingBuilder(await session.Described.WaitAsync(cancellationToken), session, ownsProgram: true);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Begins the description of an application in the test itself.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, static (_, _) => { });

    /// <summary>Begins the description of an application in the test itself.</summary>
    public static IDistributedApplicationTestingBuilder Create(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        ArgumentNullException.ThrowIfNull(args);
        var session = new TestingSession(Assembly.GetCallingAssembly(), args, configureBuilder);
        var builder = session.Describe(() => new DistributedApplicationBuilder(new DistributedApplicationOptions { Args = args }));
        return new TestingBuilder(builder, session, ownsProgram: false);
    }

    private sealed class TestingBuilder(DistributedApplicationBuilder builder, TestingSession session, bool ownsProgram) : IDistributedApplicationTestingBuilder
    {
        private DistributedApplication? _application;

        public ConfigurationManager Configuration => builder.Configuration;

        public string AppHostDirectory => builder.AppHostDirectory;

        public Assembly? AppHostAssembly => builder.AppHostAssembly;

        public IHostEnvironment Environment => builder.Environment;

        public IServiceCollection Services => builder.Services;

        public IDistributedApplicationEventing Eventing => builder.Eventing;

        public DistributedApplicationExecutionContext ExecutionContext => builder.ExecutionContext;

        public IResourceCollection Resources => builder.Resources;

        public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource => builder.AddResource(resource);

        public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => builder.CreateResourceBuilder(resource);

        public DistributedApplication Build()
        {
            if (ownsProgram)
                throw new InvalidOperationException("The application is built by its own program: call BuildAsync.");
            return _application = builder.Build();
        }

        public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default)
        {
            if (!ownsProgram)
                return Build();
            session.MayBuild();
            return _application = await session.Application.WaitAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            if (_application is not null)
                await _application.DisposeAsync();
            session.Dispose();
        }

        public void Dispose()
        {
            _application?.Dispose();
            session.Dispose();
        }
    }
}
