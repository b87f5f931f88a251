using System.Net;
using ShopSession.Hosting.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.Hosting.Tests.Running;

public sealed class RestartTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_killed_replica_comes_back_under_its_name_and_address()
    {
        await using var sample = await SampleApplication.StartAsync();
        var before = sample.App.GetReplica("back-2");

        sample.App.KillReplica("back-2");
        var after = await sample.App.WaitForReplicaHealthyAsync("back-2", before.ProcessId, TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.NotEqual(before.ProcessId, after.ProcessId);
        Assert.Equal(before.Url, after.Url);
        Assert.Equal(1, after.Restarts);
        Assert.Contains(sample.App.GetReplicaLog("back-2"), line => line.Contains("was killed (SIGKILL); it is started again in 0.5 s", StringComparison.Ordinal));
        Assert.Equal(0, sample.App.GetReplica("back-1").Restarts);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    public async Task A_server_that_ends_by_itself_comes_back_whatever_its_exit_code(int code)
    {
        await using var sample = await SampleApplication.StartAsync();
        var before = sample.App.GetReplica("front-1");
        using var client = sample.App.CreateHttpClient("front");
        try
        {
            await client.PostAsync($"/exit/{code}", null, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            // It may end before it has answered.
        }

        var after = await sample.App.WaitForReplicaHealthyAsync("front-1", before.ProcessId, TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(1, after.Restarts);
        Assert.Contains(sample.App.GetReplicaLog("front-1"), line => line.Contains($"ended with exit code {code}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stopped_replica_stays_stopped_until_it_is_started()
    {
        await using var sample = await SampleApplication.StartAsync();

        await sample.App.StopReplicaAsync("back-1", TestContext.Current.CancellationToken);
        var stopped = sample.App.GetReplica("back-1");
        Assert.Equal(("Exited", null, 0), (stopped.State, stopped.ProcessId, stopped.ExitCode));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(sample.App.GetReplica("back-2").Url!));

        await sample.App.StartReplicaAsync("back-1", TestContext.Current.CancellationToken);
        var started = await sample.App.WaitForReplicaHealthyAsync("back-1", cancellationToken: TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(stopped.Url, started.Url);
    }

    /// <summary>Guards what the page and the panel show right after a command: without it a changed setting was answered before the new process had it.</summary>
    [Theory]
    [InlineData("start")]
    [InlineData("restart")]
    public async Task A_command_returns_when_the_new_process_is_there(string command)
    {
        var token = TestContext.Current.CancellationToken;
        var open = Task.CompletedTask;
        await using var sample = await SampleApplication.StartAsync(change: builder =>
            SampleApplication.Project(builder, "front").WithEnvironment(async context => await Volatile.Read(ref open).WaitAsync(context.CancellationToken)));
        var before = sample.App.GetReplica("front-1").ProcessId;
        if (command == "start")
            await sample.App.StopReplicaAsync("front-1", token);
        var door = new TaskCompletionSource();
        Volatile.Write(ref open, door.Task);

        var done = sample.App.ResourceCommands.ExecuteCommandAsync("front-1", command, token);
        Assert.NotSame(done, await Task.WhenAny(done, Task.Delay(500, token)));
        door.SetResult();
        Assert.True((await done.WaitAsync(Limit, token)).Success);

        Assert.True(sample.App.GetReplica("front-1").ProcessId is { } process && process != before);
    }

    /// <summary>Guards that a start that waits for something does not hold the gate through which it would be stopped.</summary>
    [Fact]
    public async Task A_start_that_takes_long_is_stopped()
    {
        var token = TestContext.Current.CancellationToken;
        var open = Task.CompletedTask;
        await using var sample = await SampleApplication.StartAsync(change: builder =>
            SampleApplication.Project(builder, "front").WithEnvironment(async context => await Volatile.Read(ref open).WaitAsync(context.CancellationToken)));
        await sample.App.StopReplicaAsync("front-1", token);
        Volatile.Write(ref open, new TaskCompletionSource().Task);

        var start = sample.App.StartReplicaAsync("front-1", token);
        await Poll.UntilAsync(() => sample.App.GetReplica("front-1").State == "Starting", Limit, "the start is under way", token);
        await sample.App.StopReplicaAsync("front-1", token).WaitAsync(Limit, token);
        await start.WaitAsync(Limit, token);

        Assert.Equal(("Exited", null), (sample.App.GetReplica("front-1").State, sample.App.GetReplica("front-1").ProcessId));
    }

    [Fact]
    public async Task A_start_shortens_the_pause_of_a_crashed_replica()
    {
        await using var sample = await SampleApplication.StartAsync(change: builder =>
            SampleApplication.Project(builder, "back").WithEnvironment("Sample__Key", "x"));
        for (var crash = 1; crash <= 3; crash++)
        {
            var process = sample.App.GetReplica("back-1").ProcessId;
            sample.App.KillReplica("back-1");
            await sample.App.WaitForReplicaHealthyAsync("back-1", process, TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        }

        var last = sample.App.GetReplica("back-1").ProcessId;
        sample.App.KillReplica("back-1");
        await Poll.UntilAsync(() => sample.App.GetReplica("back-1").State == "Exited", Limit, "it is down", TestContext.Current.CancellationToken);
        Assert.Contains(sample.App.GetReplicaLog("back-1"), line => line.Contains("again in 4 s", StringComparison.Ordinal));

        await sample.App.StartReplicaAsync("back-1", TestContext.Current.CancellationToken);
        Assert.True(sample.App.GetReplica("back-1").ProcessId is { } id && id != last);

        // It was the command and not the end of the pause: after that the next pause would be the next longer one.
        sample.App.KillReplica("back-1");
        await Poll.UntilAsync(() => sample.App.GetReplicaLog("back-1").Count(line => line.Contains("again in ", StringComparison.Ordinal)) == 5, Limit, "it is down once more", TestContext.Current.CancellationToken);
        Assert.Contains("again in 0.5 s", sample.App.GetReplicaLog("back-1").Last(line => line.Contains("again in ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unwell_replica_is_shown_as_such_and_not_touched()
    {
        await using var sample = await SampleApplication.StartAsync();
        var url = sample.App.GetReplica("back-1").Url!;
        using var client = new HttpClient { BaseAddress = new Uri(url) };

        await client.PostAsync("/health/false", null, TestContext.Current.CancellationToken);
        // What is told to watchers comes a moment after the state itself.
        await Poll.UntilAsync(
            () => sample.App.ResourceNotifications.TryGetCurrentState("back-1", out var state) && state.Snapshot.HealthDescription?.Contains("/health answered 503", StringComparison.Ordinal) == true,
            Limit, "it is unwell", TestContext.Current.CancellationToken);
        Assert.Equal("Unhealthy", sample.App.GetReplica("back-1").Health?.ToString());

        await client.PostAsync("/health/true", null, TestContext.Current.CancellationToken);
        await Poll.UntilAsync(() => sample.App.GetReplica("back-1").Health?.ToString() == "Healthy", Limit, "it is well", TestContext.Current.CancellationToken);
        Assert.Equal(0, sample.App.GetReplica("back-1").Restarts);
    }

    private static async Task<HttpStatusCode> StatusAsync(string url)
    {
        using var client = new HttpClient();
        return (await client.GetAsync(new Uri(new Uri(url), "/health"), TestContext.Current.CancellationToken)).StatusCode;
    }
}
