using ShopSession.Hosting;

[assembly: AppHostRunner(typeof(ShopSession.AppHost.ShopRunner))]

namespace ShopSession.AppHost;

/// <summary>What the runner knows of the shop besides the model: its settings and what to print at start. Aspire does not see this.</summary>
internal sealed class ShopRunner : IRunnerProfile
{
    public void Configure(RunnerOptions options)
    {
        options.Title = "ShopSession";
        options.Port("Shop:Port", 8080, "The shop's one public port.");
        var domain = options.Domain("Shop:Domain", "shop.localhost", "The domain whose subdomains are the shop's sites.");
        options.Number("Shop:Replicas", 2, 1, 16, "How many processes run each of auth, catalog and cart.");
        options.DataDirectory = options.Directory("Shop:DataDirectory", "../../.data", "Where everything is kept.");
        options.Store = options.Choice("Shop:Store", "auto", ["auto", "redis-server", "embedded"], "The store, where no Redis is given.");
        options.Text("ConnectionStrings:redis", null, "A Redis that is there already: host:port,password=… or redis://… or rediss://…");
        options.DashboardPort = options.Port("Shop:DashboardPort", 8081, "The port of the runner's page and API.");
        options.RunnerToken = options.Secret("Shop:RunnerToken", "The secret that the runner's API asks for; without it, a new one at each start.");
        options.ConsoleLevel = options.Choice(
            "Shop:ConsoleLevel", "Warning", ["Trace", "Debug", "Information", "Warning", "Error", "Critical", "None"],
            "From which level on the services' output is shown here; all of it is on the runner's page.");
        options.Text("Session:Strategy", null, "How the session is kept; handed on to the services, as all of Session__* and Gateway__*.");
        options.RedisConnection("redis");
        options.Note("Demo account", "demo@shop.localhost / correct horse battery staple");
        options.Note("Administrator", "admin@shop.localhost / steady hands at the helm");
        SessionLab.Describe(options.Panel("Session lab"), domain);
    }
}
