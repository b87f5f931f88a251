using System.Runtime.CompilerServices;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Cluster;

/// <summary>
/// The nodes that serve, and which slot belongs to which. Read without a lock; changed under one. Keeps nodes over changes, so that
/// connections outlive a new map.
/// </summary>
internal sealed class RedisTopology(Func<RedisEndPoint, RedisNode> makeNode, Action slotsMoved, TimeProvider time) : IAsyncDisposable
{
    // News of a move reach the other nodes later: a whole map must not take it back before.
    private static readonly TimeSpan MoveHolds = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<int, long> _movedAt = [];
    private readonly Dictionary<RedisEndPoint, RedisNode> _nodes = [];
    private readonly RedisNode?[] _slots = new RedisNode?[RedisSlot.Count];
    private readonly Dictionary<RedisNode, Task> _retired = [];
    private volatile RedisNode[] _all = [];
    private bool _disposed;

    /// <summary>All masters.</summary>
    public IReadOnlyList<RedisNode> Nodes => _all;

    public RedisNode? NodeOf(int slot)
    {
        if (slot != RedisSlot.None) return Volatile.Read(ref _slots[slot]);
        var all = _all;
        for (var i = 0; i < all.Length; i++)
            if (all[i].Current is not null) return all[i];
        return all.Length > 0 ? all[0] : null;
    }

    /// <summary>Takes over a whole map. Nodes that have no slots any more are let go of.</summary>
    public void Apply(IReadOnlyList<RedisSlotRange> ranges)
    {
        if (ranges.Count == 0) return;
        List<RedisNode> retired = [];
        var moved = false;
        lock (_gate)
        {
            if (_disposed) return;
            foreach (var slot in _movedAt.Where(move => time.GetElapsedTime(move.Value) > MoveHolds).Select(static move => move.Key).ToList())
                _movedAt.Remove(slot);
            var masters = ranges.Select(static range => range.Master).ToHashSet();
            foreach (var range in ranges)
            {
                var node = NodeAt(range.Master);
                for (var slot = range.First; slot <= range.Last; slot++)
                    if (!HasJustMoved(slot, masters)) moved |= Assign(slot, node);
            }

            foreach (var endPoint in _nodes.Keys.Where(endPoint => !masters.Contains(endPoint)).ToList())
            {
                var node = _nodes[endPoint];
                _nodes.Remove(endPoint);
                retired.Add(node);
                // A slot that the map leaves out is served by nobody.
                for (var slot = 0; slot < _slots.Length; slot++)
                    if (ReferenceEquals(_slots[slot], node)) Volatile.Write(ref _slots[slot], null);
            }

            _all = [.. _nodes.Values];
            // Under the same lock: who disposes of this object must find them on one side or the other.
            if (retired.Count > 0) Retire(retired);
        }

        if (moved) slotsMoved();
    }

    /// <summary>Notes that one slot belongs to another node, as that was said in passing.</summary>
    public RedisNode Move(int slot, RedisEndPoint endPoint)
    {
        RedisNode node;
        bool moved;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(RedisClient));
            node = NodeAt(endPoint);
            moved = Assign(slot, node);
            _movedAt[slot] = time.GetTimestamp();
            _all = [.. _nodes.Values];
        }

        if (moved) slotsMoved();
        return node;
    }

    /// <summary>The node at an address, made when there is none.</summary>
    public RedisNode Node(RedisEndPoint endPoint)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(RedisClient));
            var node = NodeAt(endPoint);
            _all = [.. _nodes.Values];
            return node;
        }
    }

    public async ValueTask DisposeAsync()
    {
        RedisNode[] nodes;
        lock (_gate)
        {
            _disposed = true;
            nodes = [.. _nodes.Values, .. _retired.Keys];
            _nodes.Clear();
            _retired.Clear();
            _all = [];
        }

        foreach (var node in nodes) await node.DisposeAsync().ConfigureAwait(false);
    }

    // Under the lock. They outlive their place in the map for a moment, and are known here until they are gone.
    private void Retire(List<RedisNode> nodes)
    {
        foreach (var (node, _) in _retired.Where(static entry => entry.Value.IsCompleted).ToList()) _retired.Remove(node);
        foreach (var node in nodes) _retired[node] = node.RetireAsync();
    }

    private bool HasJustMoved(int slot, HashSet<RedisEndPoint> masters) =>
        _movedAt.ContainsKey(slot) && _slots[slot] is { } owner && masters.Contains(owner.EndPoint);

    private RedisNode NodeAt(RedisEndPoint endPoint)
    {
        if (!_nodes.TryGetValue(endPoint, out var node)) _nodes[endPoint] = node = makeNode(endPoint);
        return node;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Assign(int slot, RedisNode node)
    {
        var before = _slots[slot];
        if (ReferenceEquals(before, node)) return false;
        Volatile.Write(ref _slots[slot], node);
        return before is not null;
    }
}
