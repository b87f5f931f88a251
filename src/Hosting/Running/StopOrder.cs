using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>The order in which resources are ended: whoever needs another one ends before it, so that nobody loses what he still uses.</summary>
internal static class StopOrder
{
    public static IReadOnlyList<IReadOnlyList<IResource>> Layers(IReadOnlyList<IResource> resources)
    {
        var depths = new Dictionary<IResource, int>();
        foreach (var resource in resources)
            Depth(resource, depths, []);
        return [.. resources.GroupBy(resource => depths[resource]).OrderByDescending(layer => layer.Key).Select(layer => layer.ToList())];
    }

    /// <summary>How many others stand below, in the longest chain. Where resources refer to one another in a circle, the circle is cut.</summary>
    private static int Depth(IResource resource, Dictionary<IResource, int> depths, HashSet<IResource> path)
    {
        if (depths.TryGetValue(resource, out var known))
            return known;
        if (!path.Add(resource))
            return 0;
        var depth = Needs(resource).Select(needed => Depth(needed, depths, path) + 1).DefaultIfEmpty(0).Max();
        path.Remove(resource);
        return depths[resource] = depth;
    }

    private static IEnumerable<IResource> Needs(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource)
            .Concat(resource.Annotations.OfType<ResourceRelationshipAnnotation>().Where(r => r.Type == "Reference").Select(r => r.Resource))
            .Distinct();
}
