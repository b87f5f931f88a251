using ShopSession.Lab.Bench.Stores;

namespace ShopSession.Lab.Bench.Running;

/// <summary>A way to keep sessions that the lab can start: a strategy, what it keeps them in, and settings of its own.</summary>
/// <param name="Name">What results and reports call it.</param>
/// <param name="Strategy">Its strategy's name in the session library.</param>
/// <param name="Store">What sessions, carts and keys are kept in.</param>
/// <param name="Policies">The balancing policies that make sense with it; the first is the one under which all else is measured.</param>
internal sealed record Way(string Name, string Strategy, LabStoreKind Store, IReadOnlyList<string> Policies)
{
    /// <summary>Environment variables of its own.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
