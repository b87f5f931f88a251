using System.Diagnostics;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Promises;

/// <summary>Replicas whose clocks are an hour wrong judge as the others do. Hosts in this process, since a service's process cannot be given a clock of its own.</summary>
internal static class SkewedClocks
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(250);

    public static async Task<PromiseRow> TryAsync(Trial trial, int number, CancellationToken cancellationToken)
    {
        var tally = new Tally(number, "clocks an hour slow, right and an hour fast (hosts in the bench's process): each one's sessions live at the others for their 2 s, and end then");
        var hosts = await Task.WhenAll(new[] { -1, 0, 1 }.Select(hours => SessionHost.StartAsync(trial.Shop.Store.ConnectionString, cancellationToken, Idle, TimeSpan.FromHours(hours))));
        try
        {
            var replicas = hosts.Select((host, i) => new ShopReplica("host", $"clock {i - 1:+0;-0;0} h", host.Address)).ToArray();
            await trial.EachAsync(trial.Count(60, 6), 30, async (i, random, token) =>
            {
                var maker = replicas[i % replicas.Length];
                var sent = Stopwatch.GetTimestamp();
                var login = await trial.Lab.SignInAsync(maker, $"skew-{i}", token);
                var begun = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(sent) < TimeSpan.FromSeconds(20))
                {
                    var asked = random.One(replicas);
                    var answer = await trial.Lab.SeenAsync(asked, login.Cookie, token);
                    if (answer.Text == login.User && Stopwatch.GetElapsedTime(begun, answer.SentAt) <= Idle + Tolerance)
                    {
                        await Task.Delay(100, token);
                        continue;
                    }

                    var lived = Stopwatch.GetElapsedTime(sent);
                    tally.Trial(answer.Text.Length == 0 && lived >= Idle - Tolerance, () => $"begun at {maker.Name}, asked at {asked.Name} after {lived.TotalSeconds:0.00} s: {answer}");
                    return;
                }
            }, cancellationToken);
            return tally.ToRow();
        }
        finally
        {
            foreach (var host in hosts) await host.DisposeAsync();
        }
    }
}
