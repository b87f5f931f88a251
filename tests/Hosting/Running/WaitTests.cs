using ShopSession.Hosting.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.Hosting.Tests.Running;

public sealed class WaitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_resource_starts_when_the_one_it_waits_for_is_healthy()
    {
        await using var sample = await SampleApplication.StartAsync();
        var token = TestContext.Current.CancellationToken;

        var front = (await sample.App.ResourceNotifications.WaitForResourceHealthyAsync("front", token)).Snapshot;
        var backs = sample.App.GetReplicas("back").Select(replica =>
            sample.App.ResourceNotifications.TryGetCurrentState(replica.Name, out var state) ? state.Snapshot : null);

        Assert.All(backs, back => Assert.True(back!.StartTimeStamp < front.StartTimeStamp));
    }

    [Fact]
    public async Task It_waits_for_a_job_to_be_done()
    {
        await using var sample = await SampleApplication.StartAsync(change: builder => AddJob(builder, exitCode: 0));

        Assert.Equal(("Finished", 0), (sample.App.GetReplica("job-1").State, sample.App.GetReplica("job-1").ExitCode));
        Assert.Contains("job done", sample.App.GetReplicaLog("job-1"));
    }

    [Fact]
    public async Task It_does_not_start_when_the_job_failed()
    {
        await using var sample = await SampleApplication.StartAsync(change: builder => AddJob(builder, exitCode: 4), wait: false);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => sample.App.WaitUntilReadyAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Contains("front cannot start, because job-1 ended with exit code 4", failure.Message, StringComparison.Ordinal);
        await Poll.UntilAsync(() => sample.App.GetReplica("front-1").State == "FailedToStart", Limit, "the front gives up", TestContext.Current.CancellationToken);
        Assert.Null(sample.App.GetReplica("front-1").ProcessId);
    }

    [Fact]
    public async Task A_resource_with_an_explicit_start_waits_for_it()
    {
        await using var sample = await SampleApplication.StartAsync(change: builder => SampleApplication.Project(builder, "front").WithExplicitStart());
        Assert.Equal("NotStarted", sample.App.GetReplica("front-1").State);

        Assert.True((await sample.App.ResourceCommands.ExecuteCommandAsync("front", KnownResourceCommands.StartCommand, TestContext.Current.CancellationToken)).Success);
        await sample.App.WaitForReplicaHealthyAsync("front-1", cancellationToken: TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    private static void AddJob(IDistributedApplicationTestingBuilder builder, int exitCode)
    {
        var job = builder.AddProject<Projects.SampleService>("job").WithEnvironment("Sample__Job", exitCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
        SampleApplication.Project(builder, "front").WaitForCompletion(job);
    }
}
