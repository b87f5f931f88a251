using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Jobs;
using ShopSession.Sessions.Stores;

namespace ShopSession.Lab.Tests.Jobs;

public sealed class JobListTests
{
    [Fact]
    public void Every_strategy_is_measured_under_round_robin_and_whatever_the_policy()
    {
        foreach (var strategy in SessionStrategies.All.Keys)
        {
            Assert.Contains(JobList.All, job => job.Name == $"{strategy}/round-robin");
            Assert.Contains(JobList.All, job => job.Name == $"{strategy}/figures");
        }
    }

    [Fact]
    public void No_two_jobs_share_a_name_or_a_file()
    {
        Assert.Equal(JobList.All.Count, JobList.All.Select(job => job.Name).Distinct().Count());
        Assert.Equal(JobList.All.Count, JobList.All.Select(job => job.File).Distinct().Count());
    }

    [Fact]
    public void Names_choose_one_job_or_all_of_a_way()
    {
        Assert.Equal(["redis/growth", "jwt/life"], Names("jwt/life", "redis/growth"));
        Assert.Equal(["redis-cluster/round-robin", "redis-cluster/figures", "redis-cluster/session-hash-rendezvous"], Names("redis-cluster"));
        Assert.Equal(JobList.All, JobList.Of(new LabOptions()));
    }

    [Fact]
    public void A_name_that_fits_nothing_is_told_with_all_that_there_are()
    {
        var problem = Assert.Throws<ArgumentException>(() => Names("redis/ip-hash")).Message;

        Assert.Contains("'redis/ip-hash'", problem, StringComparison.Ordinal);
        Assert.Contains("local/ip-hash", problem, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(params string[] only) => JobList.Of(new LabOptions { Only = only }).Select(job => job.Name);
}
