namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>
/// Keys by the time they end: a binary heap whose entries know their place, so that changing or removing an expiry is logarithmic.
/// It makes expiry exact (nothing is sampled): what has ended is removed and announced within one tick.
/// </summary>
internal sealed class ExpiryQueue
{
    private readonly List<KeyEntry> _heap = [];

    public int Count => _heap.Count;

    public KeyEntry? Next => _heap.Count == 0 ? null : _heap[0];

    /// <summary>Puts the entry where its new <see cref="KeyEntry.ExpiresAt"/> belongs.</summary>
    public void Update(KeyEntry entry)
    {
        if (entry.ExpiresAt == KeyEntry.Never)
        {
            Remove(entry);
            return;
        }

        if (entry.QueueIndex < 0)
        {
            entry.QueueIndex = _heap.Count;
            _heap.Add(entry);
        }

        SiftDown(SiftUp(entry.QueueIndex));
    }

    public void Remove(KeyEntry entry)
    {
        var index = entry.QueueIndex;
        if (index < 0) return;
        entry.QueueIndex = -1;
        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (last == entry) return;
        Place(last, index);
        SiftDown(SiftUp(index));
    }

    public void Clear() => _heap.Clear();

    private int SiftUp(int index)
    {
        var entry = _heap[index];
        for (; index > 0 && _heap[(index - 1) / 2].ExpiresAt > entry.ExpiresAt; index = (index - 1) / 2) Place(_heap[(index - 1) / 2], index);
        Place(entry, index);
        return index;
    }

    private void SiftDown(int index)
    {
        var entry = _heap[index];
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= _heap.Count) break;
            if (child + 1 < _heap.Count && _heap[child + 1].ExpiresAt < _heap[child].ExpiresAt) child++;
            if (_heap[child].ExpiresAt >= entry.ExpiresAt) break;
            Place(_heap[child], index);
            index = child;
        }

        Place(entry, index);
    }

    private void Place(KeyEntry entry, int index)
    {
        _heap[index] = entry;
        entry.QueueIndex = index;
    }
}
