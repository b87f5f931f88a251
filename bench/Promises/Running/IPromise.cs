using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Running;

/// <summary>One promise of the session, and how it is tried.</summary>
internal interface IPromise
{
    /// <summary>Its number, 1 to 12.</summary>
    int Number { get; }

    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>The shop that it is tried on. Promises of one shop run one after the other in the order of their list.</summary>
    ShopKind Shop { get; }

    /// <summary>Tries it.</summary>
    /// <exception cref="TrialException">It cannot be tried.</exception>
    Task<IReadOnlyList<PromiseRow>> TryAsync(Trial trial, CancellationToken cancellationToken);
}
