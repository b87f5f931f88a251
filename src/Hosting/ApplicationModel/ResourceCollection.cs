using System.Collections;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of an application, in the order they were added; names are unique without regard to case.</summary>
public interface IResourceCollection : IList<IResource>;

internal sealed class ResourceCollection : IResourceCollection
{
    private readonly List<IResource> _items = [];

    public int Count => _items.Count;

    public bool IsReadOnly => false;

    public IResource this[int index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    public void Add(IResource item) => Insert(_items.Count, item);

    public void Insert(int index, IResource item)
    {
        if (_items.Find(existing => string.Equals(existing.Name, item.Name, StringComparison.OrdinalIgnoreCase)) is { } twin)
            throw new DistributedApplicationException(
                $"Cannot add the {item.GetType().Name} '{item.Name}': the model has a {twin.GetType().Name} of that name. Names are unique, without regard to case.");
        _items.Insert(index, item);
    }

    public void Clear() => _items.Clear();

    public bool Contains(IResource item) => _items.Contains(item);

    public void CopyTo(IResource[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    public int IndexOf(IResource item) => _items.IndexOf(item);

    public bool Remove(IResource item) => _items.Remove(item);

    public void RemoveAt(int index) => _items.RemoveAt(index);

    public IEnumerator<IResource> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The finished model.</summary>
/// <param name="resources">Its resources.</param>
public sealed class DistributedApplicationModel(IEnumerable<IResource> resources)
{
    /// <summary>The resources, in the order they were added.</summary>
    public IResourceCollection Resources { get; } = resources as IResourceCollection ?? Copy(resources);

    private static ResourceCollection Copy(IEnumerable<IResource> resources)
    {
        var copy = new ResourceCollection();
        foreach (var resource in resources)
            copy.Add(resource);
        return copy;
    }
}
