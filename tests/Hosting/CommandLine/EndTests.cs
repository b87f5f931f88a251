using System.Diagnostics;
using ShopSession.Hosting.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.Hosting.Tests.CommandLine;

public sealed class EndTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_SIGKILL_of_the_host_leaves_no_child_behind()
    {
        LiveProcesses.RequireProc();
        await using var program = await SampleProgram.StartReadyAsync(new() { ["Sample__WithStore"] = "true" });
        var children = (await program.ReplicasAsync()).Select(replica => replica.Pid!.Value).ToArray();
        var group = LiveProcesses.GroupOf(children[0]);
        Assert.Equal(4, children.Length);
        Assert.Equal(5, LiveProcesses.InGroup(group).Count);

        program.Signal("KILL");

        await Poll.UntilAsync(() => LiveProcesses.InGroup(group).Count == 0, Limit, "all children and their guardian are gone", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(children, LiveProcesses.IsAlive);
    }

    [Fact]
    public async Task A_SIGKILL_of_guardian_and_then_host_leaves_no_child_behind()
    {
        LiveProcesses.RequireProc();
        await using var program = await SampleProgram.StartReadyAsync(new());
        var children = (await program.ReplicasAsync()).Select(replica => replica.Pid!.Value).ToArray();
        var group = LiveProcesses.GroupOf(children[0]);

        Shell.Signal(group, "KILL");
        await Poll.UntilAsync(() => LiveProcesses.InGroup(group).Except(children).Any(id => id != group), Limit, "a new guardian is there", TestContext.Current.CancellationToken);
        program.Signal("KILL");

        await Poll.UntilAsync(() => LiveProcesses.InGroup(group).Count == 0, Limit, "all children and their guardian are gone", TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_ends_everything_in_order_with_exit_code_0(string signal)
    {
        LiveProcesses.RequireProc();
        await using var program = await SampleProgram.StartReadyAsync(new() { ["Sample__ConsoleLevel"] = "Information" });
        var group = LiveProcesses.GroupOf((await program.ReplicasAsync())[0].Pid!.Value);
        var begin = Stopwatch.GetTimestamp();

        program.Signal(signal);

        Assert.Equal(0, await program.ExitCodeAsync());
        Assert.True(Stopwatch.GetElapsedTime(begin) < Limit, program.Output);
        // The guardian is killed last of all, and nobody waits for it.
        await Poll.UntilAsync(() => LiveProcesses.InGroup(group).Count == 0, Limit, "the guardian is gone too", TestContext.Current.CancellationToken);
        Assert.Contains("Everything has ended", program.Output, StringComparison.Ordinal);
        Assert.Empty(program.Error.Trim());
    }

    [Fact]
    public async Task A_process_that_does_not_want_to_end_is_killed_in_time()
    {
        LiveProcesses.RequireProc();
        await using var program = await SampleProgram.StartReadyAsync(new() { ["Sample__Stubborn"] = "true" });
        var front = (await program.ReplicaAsync("front-1")).Pid!.Value;
        var begin = Stopwatch.GetTimestamp();

        program.Signal("INT");

        Assert.Equal(0, await program.ExitCodeAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, Limit);
        Assert.False(LiveProcesses.IsAlive(front));
    }

    [Fact]
    public async Task A_Ctrl_C_in_the_terminal_reaches_the_children_only_through_the_runner()
    {
        LiveProcesses.RequireProc();
        await using var program = await SampleProgram.StartReadyAsync(new());

        var groups = (await program.ReplicasAsync()).Select(replica => LiveProcesses.GroupOf(replica.Pid!.Value)).Distinct().ToArray();

        Assert.Single(groups);
        Assert.NotEqual(LiveProcesses.GroupOf(program.ProcessId), groups[0]);
    }
}
