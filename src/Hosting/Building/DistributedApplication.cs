using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.Running;
using Aspire.Hosting.Terminal;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ShopSession.Hosting;

namespace Aspire.Hosting;

/// <summary>An application of several parts, as its model describes it.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DistributedApplicationOptions _options;
    private readonly TestingSession? _testing;

    internal DistributedApplication(IHost host, DistributedApplicationOptions options, TestingSession? testing)
    {
        _host = host;
        _options = options;
        _testing = testing;
    }

    /// <summary>The services of the application host.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Tells how the resources are doing.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Starts, stops and restarts replicas.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>Begins the description of an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Begins the description of an application.</summary>
    /// <param name="args">The command line.</param>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return CreateBuilder(new DistributedApplicationOptions { Args = args });
    }

    /// <summary>Begins the description of an application.</summary>
    /// <param name="options">How its host is set up.</param>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DistributedApplicationBuilder(options);
    }

    /// <summary>Runs the application until it is told to end. What keeps it from starting is printed, and the exit code is not 0 then.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs the application until it is told to end. What keeps it from starting is printed, and the exit code is not 0 then.</summary>
    /// <param name="cancellationToken">Tells it to end.</param>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_testing is not null)
        {
            // The test starts and stops the application itself; the program that described it goes on when the test is over.
            await _testing.Ended;
            return;
        }

        var console = new RunnerConsole(Services.GetRequiredService<RunnerEnvironment>(), Services.GetRequiredService<TimeProvider>());
        try
        {
            await new ApplicationRun(this, console, _options).RunAsync(cancellationToken);
        }
        catch (DistributedApplicationException exception)
        {
            console.Problem(exception.Message);
            Environment.ExitCode = 1;
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <summary>Starts the application: checks that it can be, then starts every resource as soon as what it waits for is there.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be started; nothing was.</exception>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var model = Services.GetRequiredService<DistributedApplicationModel>();
        await Services.GetRequiredService<IDistributedApplicationEventing>().PublishAsync(new BeforeStartEvent(Services, model), cancellationToken);
        await Services.GetRequiredService<Orchestrator>().StartAsync(cancellationToken);
        if (!_options.DisableDashboard)
            await Services.GetRequiredService<DashboardServer>().StartAsync(cancellationToken);
        await _host.StartAsync(cancellationToken);
    }

    /// <summary>Ends all processes, those first that others do not need.</summary>
    public virtual async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await Services.GetRequiredService<Orchestrator>().StopAsync();
        await Services.GetRequiredService<DashboardServer>().StopAsync();
        await _host.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _testing?.End();
        _host.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        _testing?.End();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        else
            _host.Dispose();
        _testing?.Dispose();
        GC.SuppressFinalize(this);
    }
}
