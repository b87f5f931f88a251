namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>
/// Members ordered by score and then by their bytes, with the number of members that each link skips: W. Pugh's skip list with ranks
/// (1990), as Redis uses it. Search, insertion, removal and access by rank take logarithmic time.
/// </summary>
internal sealed class SkipList
{
    private const int MaximumLevel = 32;

    private readonly Random _random = new();
    private readonly Node _header = new([], 0, MaximumLevel);
    private int _level = 1;

    public int Count { get; private set; }

    public Node? First => _header.Next[0].Node;

    public Node? Last { get; private set; }

    public void Insert(byte[] member, double score)
    {
        var update = new Node[MaximumLevel];
        Span<int> rank = stackalloc int[MaximumLevel];
        var node = _header;
        for (var i = _level - 1; i >= 0; i--)
        {
            rank[i] = i == _level - 1 ? 0 : rank[i + 1];
            while (node.Next[i].Node is { } next && Compare(next, score, member) < 0)
            {
                rank[i] += node.Next[i].Span;
                node = next;
            }

            update[i] = node;
        }

        var level = RandomLevel();
        for (; _level < level; _level++)
        {
            update[_level] = _header;
            _header.Next[_level].Span = Count;
        }

        var added = new Node(member, score, level);
        for (var i = 0; i < level; i++)
        {
            added.Next[i] = new Link { Node = update[i].Next[i].Node, Span = update[i].Next[i].Span - (rank[0] - rank[i]) };
            update[i].Next[i] = new Link { Node = added, Span = rank[0] - rank[i] + 1 };
        }

        for (var i = level; i < _level; i++) update[i].Next[i].Span++;
        added.Previous = update[0] == _header ? null : update[0];
        if (added.Next[0].Node is { } following) following.Previous = added;
        else Last = added;
        Count++;
    }

    public bool Remove(ReadOnlySpan<byte> member, double score)
    {
        var update = new Node[MaximumLevel];
        var node = _header;
        for (var i = _level - 1; i >= 0; i--)
        {
            while (node.Next[i].Node is { } next && Compare(next, score, member) < 0) node = next;
            update[i] = node;
        }

        var removed = node.Next[0].Node;
        if (removed is null || Compare(removed, score, member) != 0) return false;
        for (var i = 0; i < _level; i++)
        {
            ref var link = ref update[i].Next[i];
            if (link.Node == removed) link = new Link { Node = removed.Next[i].Node, Span = link.Span + removed.Next[i].Span - 1 };
            else link.Span--;
        }

        if (removed.Next[0].Node is { } following) following.Previous = removed.Previous;
        else Last = removed.Previous;
        while (_level > 1 && _header.Next[_level - 1].Node is null) _level--;
        Count--;
        return true;
    }

    /// <summary>The zero-based rank of a member that is in the list.</summary>
    public int RankOf(ReadOnlySpan<byte> member, double score)
    {
        var (node, rank) = (_header, 0);
        for (var i = _level - 1; i >= 0; i--)
            while (node.Next[i].Node is { } next && Compare(next, score, member) < 0)
            {
                rank += node.Next[i].Span;
                node = next;
            }

        return rank;
    }

    /// <summary>How many members come before the first that is not below the bound: the rank at which a range starts.</summary>
    public int CountWhile(Func<Node, bool> isBelow)
    {
        var (node, rank) = (_header, 0);
        for (var i = _level - 1; i >= 0; i--)
            while (node.Next[i].Node is { } next && isBelow(next))
            {
                rank += node.Next[i].Span;
                node = next;
            }

        return rank;
    }

    public Node? At(int rank)
    {
        var (node, traversed) = (_header, 0);
        for (var i = _level - 1; i >= 0; i--)
            while (node.Next[i].Node is { } next && traversed + node.Next[i].Span <= rank + 1)
            {
                traversed += node.Next[i].Span;
                node = next;
            }

        return traversed == rank + 1 ? node : null;
    }

    private static int Compare(Node node, double score, ReadOnlySpan<byte> member)
    {
        var byScore = node.Score.CompareTo(score);
        // -0 and 0 are one score; CompareTo says so already.
        return byScore != 0 ? byScore : node.Member.AsSpan().SequenceCompareTo(member);
    }

    private int RandomLevel()
    {
        var level = 1;
        while (level < MaximumLevel && (_random.Next() & 3) == 0) level++;
        return level;
    }

    internal struct Link
    {
        public Node? Node;
        public int Span;
    }

    internal sealed class Node(byte[] member, double score, int level)
    {
        public byte[] Member { get; } = member;

        public double Score { get; } = score;

        public Node? Previous { get; set; }

        public Link[] Next { get; } = new Link[level];

        public Node? Following => Next[0].Node;
    }
}
