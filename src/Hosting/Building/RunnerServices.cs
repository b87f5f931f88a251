using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.Redis;
using Aspire.Hosting.Running;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using ShopSession.Hosting;

namespace Aspire.Hosting;

/// <summary>The runner's own services.</summary>
internal static class RunnerServices
{
    public static void Add(DistributedApplicationBuilder builder, DistributedApplicationOptions options, TestingSession? testing)
    {
        var services = builder.Services;
        services.AddSingleton(builder.Runner);
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(new DistributedApplicationModel(builder.Resources));
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient();
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton(provider => new ResourceCommandService(provider));
        services.AddSingleton(provider => new ResourceLoggerService(provider.GetRequiredService<Orchestrator>()));
        services.AddSingleton<ReplicaNotifier>();
        services.AddSingleton<ManifestPublisher>();
        services.AddSingleton<EnvironmentOverrides>();
        services.AddSingleton(provider => new ProcessEnvironment(
            builder.Runner, builder.ExecutionContext, provider.GetRequiredService<EnvironmentOverrides>(), builder.Environment.EnvironmentName, !options.DisableDashboard));
        services.AddSingleton<ResourceEnvironmentService>();
        services.AddSingleton<PortAllocator>();
        services.AddSingleton(provider => new EndpointAllocator(
            provider.GetRequiredService<PortAllocator>(), builder.Runner, testing is not null && TestingSession.RandomizePorts(builder.Configuration)));
        services.AddSingleton(provider => new Preflight(
            builder.Runner, provider.GetRequiredService<EndpointAllocator>(), resource => PlanOf(resource, builder),
            options.DisableDashboard ? null : () => DashboardServer.CheckPort(builder.Runner)));
        services.AddSingleton(provider => new Orchestrator(
            provider.GetRequiredService<DistributedApplicationModel>(),
            provider.GetRequiredService<Preflight>(),
            provider.GetRequiredService<ProcessEnvironment>(),
            builder.Eventing,
            provider.GetRequiredService<ReplicaNotifier>(),
            provider,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<HealthCheckService>(),
            stopWaitingOnFailure: options.DisableDashboard));
        services.AddSingleton<PanelViews>();
        services.AddSingleton<PanelQuestions>();
        services.AddSingleton<DashboardServer>();
        services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
    }

    private static IProcessPlan? PlanOf(IResource resource, DistributedApplicationBuilder builder) => resource switch
    {
        ProjectResource project => new ProjectPlan(project),
        ExecutableResource executable => new ExecutablePlan(executable),
        RedisResource redis => new RedisPlan(redis, builder.Runner, builder.AppHostAssembly),
        ContainerResource => throw new DistributedApplicationException(
            $"'{resource.Name}' is a container, and this runner starts none. Run it as a process (AddExecutable), or start the application on Aspire."),
        _ => null,
    };
}
