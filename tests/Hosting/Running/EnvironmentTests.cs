using System.Net.Http.Json;
using ShopSession.Hosting.Tests.Support;

namespace ShopSession.Hosting.Tests.Running;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_replica_knows_who_it_is_where_it_listens_and_where_the_others_are()
    {
        await using var sample = await SampleApplication.StartAsync(["Sample:Replicas=3"], builder =>
            SampleApplication.Project(builder, "front").WithArgs("--one", "two words").WithEnvironment("Sample__Text", $"at {builder.Configuration["Sample:Port"]}!"));
        using var client = sample.App.CreateHttpClient("front");
        var environment = (await client.GetFromJsonAsync<Dictionary<string, string>>("/environment", TestContext.Current.CancellationToken))!;
        var backs = sample.App.GetReplicas("back").Select(replica => replica.Url).ToArray();

        Assert.Equal("front", environment["OTEL_SERVICE_NAME"]);
        Assert.Equal("service.instance.id=front-1", environment["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal(sample.App.GetEndpoint("front").ToString().TrimEnd('/'), environment["ASPNETCORE_URLS"]);
        Assert.Equal("Development", environment["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal(backs, Enumerable.Range(0, 3).Select(index => environment[$"services__back__http__{index}"]));
        Assert.Equal(backs[0], environment["BACK_HTTP"]);
        Assert.Equal(3, backs.Distinct().Count());
        Assert.StartsWith("at ", environment["Sample__Text"], StringComparison.Ordinal);
        Assert.Equal(["--one", "two words"], (await client.GetFromJsonAsync<string[]>("/arguments", TestContext.Current.CancellationToken))!);
    }

    [Fact]
    public async Task All_replicas_get_the_same_generated_secret_and_none_gets_the_runners()
    {
        await using var sample = await SampleApplication.StartAsync(["Sample:RunnerToken=0123456789abcdef"]);
        var keys = new List<string>();
        foreach (var replica in sample.App.GetReplicas("back"))
        {
            using var client = new HttpClient { BaseAddress = new Uri(replica.Url!) };
            var environment = (await client.GetFromJsonAsync<Dictionary<string, string>>("/environment", TestContext.Current.CancellationToken))!;
            keys.Add(environment["Sample__Key"]);
            Assert.DoesNotContain("Sample__RunnerToken", environment.Keys);
        }

        Assert.Single(keys.Distinct());
        Assert.Equal(30, keys[0].Length);
    }

    [Fact]
    public async Task A_system_of_its_own_does_not_meet_another_one()
    {
        await using var one = await SampleApplication.StartAsync();
        await using var two = await SampleApplication.StartAsync();

        Assert.NotEqual(one.App.GetDataDirectory(), two.App.GetDataDirectory());
        Assert.Empty(one.App.GetReplicas().Select(replica => replica.Url).Intersect(two.App.GetReplicas().Select(replica => replica.Url)));
    }

    [Fact]
    public async Task A_given_port_and_data_directory_are_kept()
    {
        using var settings = new SampleSettings();
        string[] args = [$"Sample:Port={settings.Port}", $"Sample:DataDirectory={settings.DataDirectory}"];

        await using (var first = await SampleApplication.StartAsync(args))
            Assert.Equal(settings.Port, first.App.GetEndpoint("front").Port);
        Assert.True(Directory.Exists(settings.DataDirectory));
        await using var second = await SampleApplication.StartAsync(args);
        Assert.Equal(settings.DataDirectory, second.App.GetDataDirectory());
    }
}
