using ShopSession.Sessions.Configuration;
using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.Tests.Configuration;

public sealed class StrategyRulesTests
{
    [Fact]
    public void An_unknown_strategy_is_answered_with_those_that_there_are()
    {
        var problem = Assert.Single(Problems(options => options.Strategy = "redsi"));

        Assert.Contains("'redsi'", problem, StringComparison.Ordinal);
        Assert.All(SessionStrategies.All.Keys, name => Assert.Contains(name, problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, false, 0)]
    [InlineData(2, true, 0)]
    [InlineData(2, false, 1)]
    public void Local_sessions_need_one_replica_or_a_balancing_that_sticks(int replicas, bool sticky, int problems) =>
        Assert.Equal(problems, Problems(options =>
        {
            options.Strategy = SessionStrategies.Local;
            options.Replicas = replicas;
            options.IsBalancingSticky = sticky;
        }).Count);

    [Fact]
    public void A_limit_that_the_strategy_cannot_keep_is_refused()
    {
        foreach (var (name, promises) in SessionStrategies.All)
        {
            foreach (var policy in Enum.GetValues<SessionLimitPolicy>())
            {
                var problems = Problems(options =>
                {
                    options.Strategy = name;
                    options.MaxPerUser = 3;
                    options.LimitPolicy = policy;
                });
                var can = promises.Limit != Promise.Broken && (policy == SessionLimitPolicy.NewestWins || promises.LimitByRefusal == Promise.Kept);
                Assert.Equal(can, problems.Count == 0);
            }
        }
    }

    [Fact]
    public void The_lab_may_break_what_it_shows() => Assert.Empty(Problems(options =>
    {
        options.Strategy = SessionStrategies.Local;
        options.Replicas = 3;
        options.MaxPerUser = 3;
        options.Lab = true;
    }));

    private static List<string> Problems(Action<SharedSessionOptions> configure)
    {
        var options = new SharedSessionOptions();
        configure(options);
        return [.. StrategyRules.Problems(options)];
    }
}
