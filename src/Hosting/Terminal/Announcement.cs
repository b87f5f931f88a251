using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Hosting;

namespace Aspire.Hosting.Terminal;

/// <summary>What somebody needs to know of an application that has just started.</summary>
internal sealed class Announcement(DistributedApplication application, RunnerEnvironment environment, DistributedApplicationOptions options)
{
    public IReadOnlyList<KeyValuePair<string, string>> Lines()
    {
        var lines = new List<KeyValuePair<string, string>>();
        lines.AddRange(Addresses());
        foreach (var run in application.Services.GetRequiredService<Orchestrator>().Runs.Where(run => run.Resource is RedisResource))
            lines.Add(new("Store", run.Plan.Source));
        foreach (var given in application.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ConnectionStringParameterResource>())
            if (environment.Options.RedisConnections.Contains(given.Name))
                lines.Add(new("Store", $"the Redis at {Redis.RedisAddress.Parse(given.Value)}, named by ConnectionStrings__{given.Name}"));
        if (!options.DisableDashboard)
            lines.Add(new("Runner", application.Services.GetRequiredService<DashboardServer>().LoginUrl));
        lines.AddRange(environment.Options.Notes);
        lines.Add(new("Data", environment.DataDirectory));
        return lines;
    }

    /// <summary>The addresses that the model names, and those that may be reached from outside where it names none.</summary>
    private IEnumerable<KeyValuePair<string, string>> Addresses()
    {
        var notifier = application.Services.GetRequiredService<ReplicaNotifier>();
        foreach (var resource in application.Services.GetRequiredService<DistributedApplicationModel>().Resources)
        {
            var external = resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsExternal);
            var urls = notifier.UrlsOf(resource).Where(url => url.DisplayLocation == UrlDisplayLocation.SummaryAndDetails).ToArray();
            foreach (var url in urls.Where(url => url.DisplayText is not null || (external && !urls.Any(other => other.DisplayText is not null))))
                yield return new(url.DisplayText ?? resource.Name, url.Url);
        }
    }
}
