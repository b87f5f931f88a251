using System.Net.Sockets;
using ShopSession.Testing;

namespace ShopSession.Promises.Bench.Shops;

/// <summary>How a store fails.</summary>
internal enum OutageKind
{
    /// <summary>SIGSTOP: its connections stay open, nothing answers.</summary>
    Paused,

    /// <summary>SHUTDOWN: it ends in order, and is started again.</summary>
    Stopped,

    /// <summary>SIGKILL, and started again.</summary>
    Killed,

    /// <summary>FLUSHALL: it answers, and knows nothing.</summary>
    Wiped,
}

/// <summary>Brings outages about and ends them.</summary>
internal static class Outage
{
    public static async Task BeginAsync(OutageKind kind, RedisServerProcess store, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case OutageKind.Paused:
                store.Pause();
                break;
            case OutageKind.Stopped:
                try
                {
                    await store.SendAsync("SHUTDOWN");
                }
                catch (Exception end) when (end is IOException or SocketException)
                {
                    // It hangs up in place of an answer.
                }

                await Poll.UntilAsync(() => !store.IsRunning, TimeSpan.FromSeconds(15), "redis-server has ended", cancellationToken);
                break;
            case OutageKind.Killed:
                await store.KillAsync();
                break;
            default:
                await store.SendAsync("FLUSHALL");
                break;
        }
    }

    public static async Task EndAsync(OutageKind kind, RedisServerProcess store, CancellationToken cancellationToken)
    {
        if (kind == OutageKind.Paused) store.Resume();
        else if (kind != OutageKind.Wiped) await store.RestartAsync(cancellationToken);
    }
}
