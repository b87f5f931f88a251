using System.Globalization;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ShopSession.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>The runner's page and its API, on loopback only.</summary>
internal sealed class DashboardServer(
    RunnerEnvironment environment, Orchestrator orchestrator, ResourceCommandService commands, ResourceEnvironmentService variables, PanelViews panel, PanelQuestions questions,
    TimeProvider time) : IAsyncDisposable
{
    private WebApplication? _app;
    private int _port;

    /// <summary>The page, with the token where no server and no log sees it.</summary>
    public string LoginUrl => $"{Url}#token={environment.RunnerToken}";

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{_port}/");

    public static void CheckPort(RunnerEnvironment environment)
    {
        if (environment.DashboardPort == 0 || PortAllocator.IsFree(environment.DashboardPort))
            return;
        throw new DistributedApplicationException(
            $"Port {environment.DashboardPort}, the one of the runner's page, is taken by another program. End that program, or set "
            + $"{environment.Options.DashboardPort!.EnvironmentName} to a free port.");
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (environment.DashboardPort == 0)
                kestrel.Listen(IPAddress.Loopback, 0);
            else
                kestrel.ListenLocalhost(environment.DashboardPort);
        });
        _app = builder.Build();
        _app.Use(new DashboardGuard(environment.RunnerToken).InvokeAsync);
        DashboardApi.Map(_app, new DashboardViews(environment, orchestrator, time), orchestrator, commands);
        EnvironmentEndpoint.Map(_app, variables);
        PanelEndpoints.Map(_app, panel, questions);
        DashboardPage.Map(_app, environment.Options.Title);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new DistributedApplicationException($"The runner's page cannot listen on port {environment.DashboardPort}: {exception.Message}", exception);
        }

        _port = new Uri(_app.Urls.First()).Port;
    }

    public async Task StopAsync()
    {
        if (_app is null)
            return;

        // Open log streams must not hold up the end.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
