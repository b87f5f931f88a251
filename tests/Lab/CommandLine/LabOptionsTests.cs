using ShopSession.Lab.Bench.CommandLine;

namespace ShopSession.Lab.Tests.CommandLine;

public sealed class LabOptionsTests
{
    [Theory]
    [InlineData("--fast", "'--fast'")]
    [InlineData("--replicas 1", "2 to 8")]
    [InlineData("--replicas 9", "--replicas is '9'")]
    [InlineData("--siblings 0", "1 to 8")]
    [InlineData("--logins many", "--logins is 'many'")]
    [InlineData("--only", "--only wants a value")]
    public void A_wrong_option_is_named_with_what_is_allowed(string line, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => LabOptions.Parse(line.Split(' '))).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_options_everything_is_measured_in_full() =>
        Assert.True(LabOptions.Parse([]) is { Replicas: 3, Siblings: 3, Logins: 100, Quick: false, Again: false, Output: null, Only.Count: 0 });

    [Fact]
    public void Quick_means_fewer_of_everything_unless_said_otherwise()
    {
        Assert.True(LabOptions.Parse(["--quick"]) is { Replicas: 2, Siblings: 2, Logins: 20 });
        Assert.True(LabOptions.Parse(["--logins", "50", "--replicas", "4", "--siblings", "1", "--quick"]) is { Replicas: 4, Siblings: 1, Logins: 50 });
        Assert.Equal(200, LabOptions.Parse(["--quick"]).Times(2000));
        Assert.Equal(2000, LabOptions.Parse([]).Times(2000));
    }

    [Fact]
    public void Names_add_up() => Assert.Equal(["redis", "local/ip-hash", "jwt"], LabOptions.Parse(["--only", "redis, local/ip-hash", "--only", "jwt"]).Only);

    [Fact]
    public async Task The_program_ends_with_2_when_a_name_fits_nothing()
    {
        var run = await LabProcess.RunAsync("--only", "redis/sideways", "--output", Path.GetTempPath());

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'redis/sideways'", run.Errors, StringComparison.Ordinal);
    }
}
