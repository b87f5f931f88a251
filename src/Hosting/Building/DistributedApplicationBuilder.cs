using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ShopSession.Hosting;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _contextOptions;
    private readonly TestingSession? _testing;
    private bool _built;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        _testing = TestingSession.Current;
        _options = options;
        var settings = new HostApplicationBuilderSettings { Args = options.Args, EnvironmentName = NamedEnvironment() is null ? Environments.Development : null };
        _testing?.Configure(options, settings);
        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : _testing?.AppHostAssembly ?? Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? ProjectDirectoryOf(AppHostAssembly) ?? Directory.GetCurrentDirectory();
        settings.ApplicationName ??= AppHostAssembly?.GetName().Name;
        settings.ContentRootPath ??= AppHostDirectory;
        _host = Host.CreateApplicationBuilder(settings);
        _host.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);

        var profile = new RunnerOptions { Title = options.DashboardApplicationName ?? settings.ApplicationName ?? "Application" };
        if (AppHostAssembly?.GetCustomAttribute<AppHostRunnerAttribute>() is { } attribute)
            ((IRunnerProfile)Activator.CreateInstance(attribute.Profile)!).Configure(profile);
        Runner = new(profile, _host.Configuration, AppHostDirectory, _testing);
        _contextOptions = new(IsPublish(_host.Configuration) ? DistributedApplicationOperation.Publish : DistributedApplicationOperation.Run);
        ExecutionContext = new(_contextOptions);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    internal RunnerEnvironment Runner { get; }

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new DistributedApplicationResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        if (_built)
            throw new InvalidOperationException("The application is built already. Build is to be called once.");
        _built = true;
        _testing?.BeforeBuild(this);
        RunnerServices.Add(this, _options, _testing);
        var host = _host.Build();
        _contextOptions.ServiceProvider = host.Services;
        var application = new DistributedApplication(host, _options, _testing);
        _testing?.Built(application);
        return application;
    }

    private static bool IsPublish(ConfigurationManager configuration) =>
        configuration["publisher"] is not null || string.Equals(configuration["operation"], "publish", StringComparison.OrdinalIgnoreCase);

    private static string? NamedEnvironment() =>
        System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? System.Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT");

    /// <summary>The build leaves the folder of the application host's project in its assembly; the assembly may have been taken elsewhere.</summary>
    private static string? ProjectDirectoryOf(Assembly? assembly) =>
        assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "apphostprojectpath")?.Value is { } path && Directory.Exists(path)
            ? path
            : null;
}
