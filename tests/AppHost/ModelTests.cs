using System.Text.RegularExpressions;

namespace ShopSession.AppHost.Tests;

public sealed partial class ModelTests
{
    [Fact]
    public async Task The_system_has_its_parts_in_their_numbers()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["Shop:Replicas=3"], TestContext.Current.CancellationToken);

        var parts = builder.Resources.Where(resource => resource is not ParameterResource).Select(resource => $"{resource.Name} x{resource.GetReplicaCount()}");

        Assert.Equal(["redis x1", "auth x3", "catalog x3", "cart x3", "gateway x1"], parts);
    }

    [Fact]
    public async Task A_given_Redis_takes_the_place_of_our_own()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["ConnectionStrings:redis=somewhere:6379"], TestContext.Current.CancellationToken);

        Assert.IsNotType<RedisResource>(builder.Resources.Single(resource => resource.Name == "redis"));
    }

    [Fact]
    public async Task Only_the_gateway_is_open_to_the_outside()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(TestContext.Current.CancellationToken);

        var open = builder.Resources.Where(resource => resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsExternal));

        Assert.Equal(["gateway"], open.Select(resource => resource.Name));
    }

    /// <summary>The same file must compile against Aspire's packages, which know nothing of this runner.</summary>
    [Fact]
    public async Task The_program_names_no_namespace_and_nothing_of_this_runner()
    {
        var program = await File.ReadAllTextAsync(Path.Combine(Projects.AppHost.ProjectPath, "Program.cs"), TestContext.Current.CancellationToken);

        Assert.DoesNotMatch(@"^\s*(global\s+)?using\s", program);
        Assert.DoesNotContain("ShopSession.", program, StringComparison.Ordinal);
        Assert.DoesNotContain("Aspire.Hosting", program, StringComparison.Ordinal);
        Assert.InRange(program.Split('\n').Length, 20, 70);

        // Every call is one that Aspire has too, by the same name.
        string[] known =
        [
            "CreateBuilder", "GetValue", "AddParameter", "GetFullPath", "Combine", "GetConnectionString", "AddConnectionString", "AddRedis", "WithDataVolume",
            "AddProject", "WithHttpEndpoint", "WithExternalHttpEndpoints", "WithReplicas", "WithReference", "WaitFor", "WithHttpHealthCheck", "WithEnvironment",
            "GetEndpoint", "Property", "WithUrl", "Build", "Run",
        ];
        Assert.Empty(Calls().Matches(program).Select(match => match.Groups[1].Value).Except(known));
    }

    [GeneratedRegex(@"\.(\w+)(?:<[\w.]+>)?\(")]
    private static partial Regex Calls();
}
