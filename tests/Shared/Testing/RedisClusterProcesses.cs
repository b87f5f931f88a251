using System.Globalization;

namespace ShopSession.Testing;

/// <summary>A real cluster on loopback: masters with a replica each, every node a process of its own.</summary>
public sealed class RedisClusterProcesses : IAsyncDisposable
{
    private const int Slots = 16384;
    private readonly List<RedisServerProcess> _servers = [];

    private RedisClusterProcesses()
    {
    }

    /// <summary>All nodes, masters first as they were at the start.</summary>
    public IReadOnlyList<RedisServerProcess> Servers => _servers;

    /// <summary>The connection string with all nodes.</summary>
    public string ConnectionString => string.Join(',', _servers.Select(server => server.ConnectionString));

    /// <summary>Starts 3 masters and 3 replicas and waits until they serve all slots. Skips the test when there is no server on the PATH.</summary>
    /// <param name="masters">How many masters; as many replicas are added.</param>
    /// <param name="appendOnly">Whether each node keeps an append-only file, so that its data outlives it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<RedisClusterProcesses> StartAsync(int masters = 3, bool appendOnly = false, CancellationToken cancellationToken = default)
    {
        RedisServerProcess.RequireRedisServer();
        var cluster = new RedisClusterProcesses();
        try
        {
            for (var i = 0; i < masters * 2; i++)
                cluster._servers.Add(await RedisServerProcess.StartAsync(new() { Cluster = true, AppendOnly = appendOnly }, cancellationToken).ConfigureAwait(false));
            await cluster.JoinAsync(masters, cancellationToken).ConfigureAwait(false);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The node that serves a slot, as the first of the others tells it.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="silent">A node that cannot be asked because it stands still.</param>
    public async Task<RedisServerProcess> MasterOfAsync(int slot, RedisServerProcess? silent = null) =>
        await FindMasterAsync(slot, silent).ConfigureAwait(false) ?? throw new InvalidOperationException($"Nobody serves slot {slot}.");

    /// <summary>The node that serves a slot, or null while none does.</summary>
    public async Task<RedisServerProcess?> FindMasterAsync(int slot, RedisServerProcess? silent = null)
    {
        var asked = _servers.First(server => server.IsRunning && !ReferenceEquals(server, silent));
        foreach (var fields in await NodesAsync(asked).ConfigureAwait(false))
        {
            if (!fields[2].Contains("master", StringComparison.Ordinal) || fields[2].Contains("fail", StringComparison.Ordinal)) continue;
            if (Serves(fields, slot)) return Server(fields[1]);
        }

        return null;
    }

    /// <summary>Waits until all nodes live, all slots are served, and every master has a replica that has caught up.</summary>
    public Task UntilCompleteAsync(CancellationToken cancellationToken = default) =>
        Poll.UntilAsync(IsCompleteAsync, TimeSpan.FromSeconds(60), "the cluster serves all slots with a replica each", cancellationToken);

    /// <summary>
    /// Moves one slot with all its keys to another master, as a resharding tool does, and waits until all nodes agree on it. A next move that began before would take a configuration epoch
    /// that is in use already, and the two nodes could go on sending callers to one another for ever.
    /// </summary>
    public Task MoveSlotAsync(int slot, RedisServerProcess target, CancellationToken cancellationToken = default) =>
        MoveSlotAsync(slot, target, static () => Task.CompletedTask, cancellationToken);

    /// <inheritdoc cref="MoveSlotAsync(int, RedisServerProcess, CancellationToken)"/>
    /// <param name="slot">The slot.</param>
    /// <param name="target">The master that gets it.</param>
    /// <param name="onTheWay">Runs when both nodes know of the move and no key has gone yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task MoveSlotAsync(int slot, RedisServerProcess target, Func<Task> onTheWay, CancellationToken cancellationToken = default)
    {
        var source = await MasterOfAsync(slot).ConfigureAwait(false);
        if (ReferenceEquals(source, target)) return;
        var number = slot.ToString(CultureInfo.InvariantCulture);
        var (sourceId, targetId) = (await source.SendAsync("CLUSTER", "MYID").ConfigureAwait(false), await target.SendAsync("CLUSTER", "MYID").ConfigureAwait(false));
        await target.SendAsync("CLUSTER", "SETSLOT", number, "IMPORTING", sourceId).ConfigureAwait(false);
        await source.SendAsync("CLUSTER", "SETSLOT", number, "MIGRATING", targetId).ConfigureAwait(false);
        await onTheWay().ConfigureAwait(false);
        var port = target.Port.ToString(CultureInfo.InvariantCulture);
        await using (var raw = await source.ConnectAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await raw.SendAsync(["CLUSTER", "GETKEYSINSLOT", number, "1"], cancellationToken).ConfigureAwait(false) is { Length: > 0 } key)
                await raw.SendAsync(["MIGRATE", "127.0.0.1", port, key, "0", "5000"], cancellationToken).ConfigureAwait(false);
        }

        await target.SendAsync("CLUSTER", "SETSLOT", number, "NODE", targetId).ConfigureAwait(false);
        await source.SendAsync("CLUSTER", "SETSLOT", number, "NODE", targetId).ConfigureAwait(false);
        await Poll.UntilAsync(() => IsAgreedAsync(slot, targetId), TimeSpan.FromSeconds(30), $"all nodes agree that slot {slot} has moved", cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync().ConfigureAwait(false);
    }

    private static bool Serves(string[] node, int slot) => node.Skip(8).Any(range => Covers(range, slot));

    private static bool Covers(string range, int slot)
    {
        if (range.StartsWith('[')) return false;
        var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return ends[0] <= slot && slot <= ends[^1];
    }

    // Each tells the same owner, and of it the same configuration epoch (the seventh field).
    private async Task<bool> IsAgreedAsync(int slot, string owner)
    {
        var epochs = new HashSet<string>();
        foreach (var server in _servers.Where(server => server.IsRunning))
        {
            var node = (await NodesAsync(server).ConfigureAwait(false)).First(fields => fields[0] == owner);
            if (!Serves(node, slot)) return false;
            epochs.Add(node[6]);
        }

        return epochs.Count == 1;
    }

    // The fields of each node that a server knows.
    private static async Task<string[][]> NodesAsync(RedisServerProcess server) =>
        [.. (await server.SendAsync("CLUSTER", "NODES").ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];

    // "127.0.0.1:7000@17000,hostname"
    private RedisServerProcess Server(string address)
    {
        var port = int.Parse(address.Split('@')[0].Split(':')[^1], CultureInfo.InvariantCulture);
        return _servers.Single(server => server.Port == port);
    }

    private async Task JoinAsync(int masters, CancellationToken cancellationToken)
    {
        var limit = TimeSpan.FromSeconds(60);
        for (var i = 0; i < masters; i++)
        {
            var (first, last) = (Slots * i / masters, (Slots * (i + 1) / masters) - 1);
            await _servers[i].SendAsync(
                "CLUSTER", "ADDSLOTSRANGE", first.ToString(CultureInfo.InvariantCulture), last.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
            await _servers[i].SendAsync("CLUSTER", "SET-CONFIG-EPOCH", (i + 1).ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
        }

        foreach (var server in _servers.Skip(1))
        {
            await server.SendAsync(
                "CLUSTER", "MEET", "127.0.0.1", _servers[0].Port.ToString(CultureInfo.InvariantCulture), _servers[0].BusPort.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
        }

        await Poll.UntilAsync(
            async () => (await Task.WhenAll(_servers.Select(NodesAsync)).ConfigureAwait(false)).All(nodes => nodes.Length == _servers.Count),
            limit, "all nodes know one another", cancellationToken).ConfigureAwait(false);
        for (var i = masters; i < _servers.Count; i++)
            await _servers[i].SendAsync("CLUSTER", "REPLICATE", await _servers[i - masters].SendAsync("CLUSTER", "MYID").ConfigureAwait(false)).ConfigureAwait(false);
        await UntilCompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsCompleteAsync()
    {
        foreach (var server in _servers)
        {
            if (!(await server.SendAsync("CLUSTER", "INFO").ConfigureAwait(false)).Contains("cluster_state:ok", StringComparison.Ordinal)) return false;
            var replication = await server.SendAsync("INFO", "replication").ConfigureAwait(false);
            if (!replication.Contains("master_link_status:up", StringComparison.Ordinal) && !replication.Contains("connected_slaves:1", StringComparison.Ordinal)) return false;
        }

        return true;
    }
}
