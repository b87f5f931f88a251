using Aspire.Hosting.Running;

namespace ShopSession.Hosting.Tests.Model;

public sealed class ModelTests
{
    [Theory]
    [InlineData("")]
    [InlineData("1abc")]
    [InlineData("a_b")]
    [InlineData("a--b")]
    [InlineData("ab-")]
    [InlineData("é")]
    public void A_bad_name_is_refused(string name) => Assert.Throws<ArgumentException>(() => DistributedApplicationTestingBuilder.Create().AddParameter(name));

    [Fact]
    public void Names_are_unique_without_regard_to_case()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("store");
        Assert.Contains("'STORE'", Assert.Throws<DistributedApplicationException>(() => builder.AddParameter("STORE")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_name_is_given_once() =>
        Assert.Throws<DistributedApplicationException>(() => Project(DistributedApplicationTestingBuilder.Create()).WithHttpEndpoint().WithHttpEndpoint());

    [Fact]
    public void A_given_store_and_one_of_our_own_go_the_same_ways()
    {
        foreach (var given in (bool[])[true, false])
        {
            var builder = DistributedApplicationTestingBuilder.Create("ConnectionStrings:redis=host:1234");
            IResourceBuilder<IResourceWithConnectionString> redis = given ? builder.AddConnectionString("redis") : builder.AddRedis("redis").WithDataVolume();
            Project(builder).WithReference(redis).WaitFor(redis);
        }
    }

    [Fact]
    public async Task A_parameter_comes_from_configuration_or_from_its_default()
    {
        var builder = DistributedApplicationTestingBuilder.Create("Parameters:given=outside", "Parameters:with_dash=dashed", "Other:Key=elsewhere");
        var token = TestContext.Current.CancellationToken;

        Assert.Equal("outside", await builder.AddParameter("given").Resource.GetValueAsync(token));
        Assert.Equal("dashed", await builder.AddParameter("with-dash", "inside").Resource.GetValueAsync(token));
        Assert.Equal("inside", await builder.AddParameter("default", "inside").Resource.GetValueAsync(token));
        Assert.Equal("elsewhere", await builder.AddParameterFromConfiguration("other", "Other:Key").Resource.GetValueAsync(token));
        var missing = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await builder.AddParameter("missing", secret: true).Resource.GetValueAsync(token));
        Assert.Contains("Parameters__missing", missing.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => builder.AddParameter("both", "x", publishValueAsDefault: true, secret: true));
    }

    [Fact]
    public async Task A_generated_secret_is_drawn_once_and_meets_its_demands()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        var parameter = builder.AddParameter("key", new GenerateParameterDefault { MinLength = 40, MinNumeric = 5, MinUpper = 5, Special = false }, secret: true);
        var other = builder.AddParameter("key2", new GenerateParameterDefault { MinLength = 40 }, secret: true);
        var value = (await parameter.Resource.GetValueAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal(value, await parameter.Resource.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.NotEqual(value, await other.Resource.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal(40, value.Length);
        Assert.True(value.Count(char.IsAsciiDigit) >= 5 && value.Count(char.IsAsciiLetterUpper) >= 5 && value.All(char.IsAsciiLetterOrDigit), value);
    }

    [Fact]
    public async Task An_expression_escapes_where_told_and_keeps_braces()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        var secret = builder.AddParameter("secret", "a b/c", secret: true);
        var expression = ReferenceExpression.Create($"{{x}}://{secret:uri}@{secret}");

        Assert.Equal("{x}://a%20b%2Fc@a b/c", await expression.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal("{x}://{secret-uri-encoded.value}@{secret.value}", expression.ValueExpression);
    }

    [Fact]
    public async Task Flags_say_what_references_hand_out()
    {
        var builder = DistributedApplicationTestingBuilder.Create("ConnectionStrings:redis=host:1234");
        var redis = builder.AddConnectionString("redis");
        var project = Project(builder).WithReference(redis, connectionName: "other").WithReference("ext", new Uri("http://example.com"));
        Assert.Equal(["ConnectionStrings__other", "services__ext__default__0", "ext"], (await VariablesAsync(builder, project.Resource)).Keys);

        project.WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.None);
        Assert.DoesNotContain("ConnectionStrings__other", (await VariablesAsync(builder, project.Resource)).Keys);
    }

    [Fact]
    public async Task An_optional_connection_string_may_be_missing()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        var redis = builder.AddConnectionString("redis");
        Assert.Empty(await VariablesAsync(builder, Project(builder).WithReference(redis, optional: true).Resource));
        await Assert.ThrowsAsync<MissingParameterValueException>(() => VariablesAsync(builder, Project(builder, "second").WithReference(redis).Resource));
    }

    [Fact]
    public async Task A_container_is_refused_before_anything_starts()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddResource(new ContainerResource("box"));
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("'box' is a container", failure.Message, StringComparison.Ordinal);
    }

    private static IResourceBuilder<ProjectResource> Project(IDistributedApplicationBuilder builder, string name = "project") =>
        builder.AddProject(name, "project/project.csproj", launchProfileName: null);

    private static Task<Dictionary<string, string>> VariablesAsync(IDistributedApplicationBuilder builder, IResource resource) =>
        ModelVariables.ResolveAsync(resource, builder.ExecutionContext, TestContext.Current.CancellationToken);
}
