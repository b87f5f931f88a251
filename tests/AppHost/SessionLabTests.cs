using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Stores;

namespace ShopSession.AppHost.Tests;

public sealed partial class SessionLabTests
{
    [Fact]
    public async Task The_panel_offers_the_strategies_and_policies_that_there_are()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(TestContext.Current.CancellationToken);
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        var panel = app.Services.GetRequiredService<RunnerEnvironment>().Options.PagePanel!;
        var gateway = await File.ReadAllTextAsync(Path.GetFullPath("../../docs/gateway.md", Projects.AppHost.ProjectPath), TestContext.Current.CancellationToken);

        Assert.Equal(SessionStrategies.All.Keys.Order(), Values("Session__Strategy").Order());
        Assert.Equal(Policy().Matches(gateway).Select(match => match.Groups[1].Value).Order(), Values("Gateway__Balancing").Order());
        Assert.All(panel.Choices, choice => Assert.Contains(choice.DefaultValue, Values(choice.Variable)));
        Assert.All(
            panel.Cautions.SelectMany(caution => caution.When), condition => Assert.Subset(Values(condition.Variable).ToHashSet(), condition.Values.ToHashSet()));
        // Every strategy that loses something says so before it is switched to.
        Assert.Equal(
            SessionStrategies.All.Where(strategy => strategy.Value.Caution is not null).Select(strategy => strategy.Key).Order(),
            panel.Cautions.SelectMany(caution => caution.When).Where(condition => condition.Variable == "Session__Strategy").SelectMany(condition => condition.Values).Distinct().Order());

        string[] Values(string variable) => [.. panel.Choices.Single(choice => choice.Variable == variable).Values.Select(value => value.Value)];
    }

    [Fact]
    public async Task Services_know_all_replicas_of_all_services_whatever_the_strategy_so_that_any_can_be_switched_to()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(TestContext.Current.CancellationToken);

        foreach (var service in new[] { "auth", "catalog", "cart" })
        {
            var references = builder.Resources.Single(resource => resource.Name == service).Annotations.OfType<ResourceRelationshipAnnotation>()
                .Where(relation => relation.Type == "Reference").Select(relation => relation.Resource.Name);
            Assert.Superset(new HashSet<string> { "auth", "catalog", "cart" }, references.ToHashSet());
        }
    }

    [GeneratedRegex(@"^\| `([a-z-]+)`", RegexOptions.Multiline)]
    private static partial Regex Policy();
}
