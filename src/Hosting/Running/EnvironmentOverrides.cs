using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>
/// Variables that were set while the application runs. They outrank what the model and the surroundings give, until they are taken back or the application ends. Names are compared
/// without regard to case, as the services' configuration does. Safe for concurrent use.
/// </summary>
internal sealed class EnvironmentOverrides
{
    private static readonly ImmutableDictionary<string, string> None = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<IResource, ImmutableDictionary<string, string>> _values = new();

    public IReadOnlyDictionary<string, string> Of(IResource resource) => _values.GetValueOrDefault(resource, None);

    /// <summary>Sets variables; a value of <see langword="null"/> takes an override back.</summary>
    public void Change(IResource resource, IReadOnlyDictionary<string, string?> changes) =>
        _values.AddOrUpdate(resource, _ => Apply(None, changes), (_, values) => Apply(values, changes));

    /// <summary>Puts the overrides of a resource into an environment; what differs in case only makes way.</summary>
    public void Apply(IResource resource, Dictionary<string, string> environment)
    {
        foreach (var (name, value) in Of(resource))
        {
            foreach (var same in environment.Keys.Where(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray())
                environment.Remove(same);
            environment[name] = value;
        }
    }

    private static ImmutableDictionary<string, string> Apply(ImmutableDictionary<string, string> values, IReadOnlyDictionary<string, string?> changes)
    {
        foreach (var (name, value) in changes)
            values = value is null ? values.Remove(name) : values.Remove(name).Add(name, value);
        return values;
    }
}
