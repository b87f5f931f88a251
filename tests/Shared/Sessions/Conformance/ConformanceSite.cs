using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Conformance;

/// <summary>Some replicas of one site under one strategy.</summary>
internal sealed class ConformanceSite(IReadOnlyList<Func<Task<Replica>>> start) : IAsyncDisposable
{
    private readonly Replica?[] _replicas = new Replica?[start.Count];

    /// <summary>Where replicas tell one another what changed.</summary>
    public INews? News { get; init; }

    public Replica A => this[0];

    public Replica B => this[1];

    public IEnumerable<Replica> Replicas => _replicas.OfType<Replica>();

    public Replica this[int index] => _replicas[index]!;

    public async Task StartAsync()
    {
        for (var i = 0; i < start.Count; i++) _replicas[i] = await start[i]();
        if (News is not null) await News.ReadyAsync(this);
    }

    public async Task RestartAsync(int index)
    {
        await _replicas[index]!.DisposeAsync();
        _replicas[index] = null;
        _replicas[index] = await start[index]();
        if (News is not null) await News.ReadyAsync(this);
    }

    /// <summary>Keeps what replicas tell one another on its way, so that what is only true eventually can be seen not to be true yet.</summary>
    public void Hold() => News?.Hold(this);

    /// <summary>Lets it arrive, and returns when it has.</summary>
    public Task ReleaseAsync() => News?.ReleaseAsync(this) ?? Task.CompletedTask;

    public static ISessionDirectory Directory(Replica replica) => replica.Services.GetRequiredService<ISessionDirectory>();

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in Replicas) await replica.DisposeAsync();
    }
}
