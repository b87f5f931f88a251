using Aspire.Hosting.Running;

namespace ShopSession.Hosting.Tests.Running;

public sealed class StopOrderTests
{
    [Fact]
    public void Whoever_needs_another_one_ends_before_it()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        var store = builder.AddRedis("store");
        var back = builder.AddProject("back", "back/back.csproj", launchProfileName: null).WithHttpEndpoint().WithReference(store);
        var side = builder.AddProject("side", "side/side.csproj", launchProfileName: null).WaitFor(store);
        builder.AddProject("front", "front/front.csproj", launchProfileName: null).WithReference(back).WaitFor(side);

        var layers = StopOrder.Layers([.. builder.Resources]).Select(layer => string.Join(",", layer.Select(resource => resource.Name)));

        Assert.Equal(["front", "back,side", "store"], layers);
    }

    [Fact]
    public void Resources_that_need_one_another_still_end_between_the_others()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        var store = builder.AddRedis("store");
        var one = builder.AddProject("one", "one/one.csproj", launchProfileName: null).WithHttpEndpoint().WithReference(store);
        var two = builder.AddProject("two", "two/two.csproj", launchProfileName: null).WithHttpEndpoint().WithReference(one).WithReference(store);
        one.WithReference(two);
        builder.AddProject("gateway", "gateway/gateway.csproj", launchProfileName: null).WithReference(one).WithReference(two);

        var order = StopOrder.Layers([.. builder.Resources]).SelectMany(layer => layer).Select(resource => resource.Name).ToArray();

        Assert.Equal("gateway", order[0]);
        Assert.Equal("store", order[^1]);
    }
}
