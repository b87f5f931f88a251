namespace ShopSession.Hosting.Tests.Support;

/// <summary>The sample application inside the test's own process.</summary>
internal sealed class SampleApplication : IAsyncDisposable
{
    private readonly IDistributedApplicationTestingBuilder _builder;

    private SampleApplication(IDistributedApplicationTestingBuilder builder, DistributedApplication app)
    {
        _builder = builder;
        App = app;
    }

    public DistributedApplication App { get; }

    public static async Task<SampleApplication> StartAsync(string[]? args = null, Action<IDistributedApplicationTestingBuilder>? change = null, bool wait = true)
    {
        var token = TestContext.Current.CancellationToken;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleHost>(args ?? [], token);
        change?.Invoke(builder);
        var app = await builder.BuildAsync(token);
        var sample = new SampleApplication(builder, app);
        try
        {
            await app.StartAsync(token);
            if (wait)
                await app.WaitUntilReadyAsync(token).WaitAsync(TimeSpan.FromSeconds(60), token);
            return sample;
        }
        catch
        {
            await sample.DisposeAsync();
            throw;
        }
    }

    public static IResourceBuilder<ProjectResource> Project(IDistributedApplicationTestingBuilder builder, string name) =>
        builder.CreateResourceBuilder((ProjectResource)builder.Resources.Single(resource => resource.Name == name));

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _builder.DisposeAsync();
    }
}
