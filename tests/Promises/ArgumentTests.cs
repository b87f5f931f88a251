using ShopSession.Promises.Bench.CommandLine;

namespace ShopSession.Promises.Tests;

public sealed class ArgumentTests
{
    [Theory]
    [InlineData("--fast", "'--fast'")]
    [InlineData("--only 13", "1 to 12")]
    [InlineData("--only 3,four", "'four'")]
    [InlineData("--only ,", "--only is empty")]
    [InlineData("--replicas 1", "2 to 8")]
    [InlineData("--json", "needs a value")]
    public void A_wrong_option_is_named_with_what_is_allowed(string line, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => BenchArguments.Parse(line.Split(' '))).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_are_read()
    {
        var options = BenchArguments.Parse(["--only", "4,3,4", "--quick", "--seed", "9", "--json", "out.json"]);

        Assert.True(options is { Quick: true, Replicas: 2, Seed: 9, JsonFile: "out.json" });
        Assert.Equal([3, 4], options.Only);
        Assert.True(options.Includes(3));
        Assert.False(options.Includes(5));
        Assert.True(BenchArguments.Parse([]) is { Quick: false, Replicas: 3, Only.Count: 0 });
    }

    [Fact]
    public async Task The_program_ends_with_2_and_one_line()
    {
        var run = await PromisesProcess.RunAsync("--only", "0");

        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
