using ShopSession.Hosting;

[assembly: AppHostRunner(typeof(ShopSession.SampleHost.SampleRunner))]

namespace ShopSession.SampleHost;

internal sealed class SampleRunner : IRunnerProfile
{
    public void Configure(RunnerOptions options)
    {
        options.Title = "Sample";
        options.Port("Sample:Port", 18080, "The front's port.");
        options.Number("Sample:Replicas", 2, 1, 5, "How many processes run the back.");
        options.DataDirectory = options.Directory("Sample:DataDirectory", ".data", "Where everything is kept.");
        options.Store = options.Choice("Sample:Store", "auto", ["auto", "redis-server", "embedded"], "The store.");
        options.DashboardPort = options.Port("Sample:DashboardPort", 18081, "The page's port.");
        options.RunnerToken = options.Secret("Sample:RunnerToken", "The API's secret.");
        options.RedisConnection("store");
        options.Note("Note", "a note of the profile");
        options.Panel("Sample panel")
            .Choice("Sample__Kind", "Kind", "plain", [new("plain", "as it is"), new("bold", "with a permit")], ["back", "front"])
            .Permits("Sample__Permit", "yes", ["back"])
            .Caution("Be careful.", needsPermit: true, new PanelCondition("Sample__Kind", ["bold"]))
            .Asks("front", "/health", "Date", options.Domain("Sample:Domain", "sample.localhost", "The domain."), ["one"]);
    }
}
