using ShopSession.Auth.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests;

/// <summary>Settings of the session that contradict one another, on a real service: its start stops with the reason (the rules themselves: tests/Shared/Sessions/Configuration).</summary>
public sealed class WrongCombinationTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("shop-auth-").FullName;

    [Theory]
    [InlineData("Session__Transport=url", "Session:Transport is 'url'", "Session:Lab=true allows it")]
    [InlineData("Session__Transport=url Session__Strategy=jwt Session__Lab=true", "Session:Transport is 'url' with Session:Strategy 'jwt'", "there is no id to put into an address")]
    [InlineData("Session__Strategy=jwt Session__MaxPerUser=3", "Session:MaxPerUser is 3", "cannot limit a user's sessions")]
    [InlineData("Session__Strategy=local Shop__Replicas=2", "Session:Strategy is 'local' with 2 replicas", "a login would be lost")]
    [InlineData("Session__Strategy=local Shop__Replicas=2 Gateway__Balancing=least-requests", "Session:Strategy is 'local' with 2 replicas", "a login would be lost")]
    public async Task Settings_that_contradict_one_another_stop_the_start_with_the_reason(string settings, params string[] says)
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var (exitCode, output) = await AuthReplica.ExpectEndAsync(redis.ConnectionString, _data, [.. settings.Split(' ').Select(setting => setting.Split('=')).Select(pair => (pair[0], pair[1]))]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Auth cannot start: ", output, StringComparison.Ordinal);
        Assert.All(says, words => Assert.Contains(words, output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
