using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Jobs;

/// <summary>One measurement, with a result file of its own.</summary>
/// <param name="Way">What it measures.</param>
/// <param name="Kind">What of it.</param>
/// <param name="Policy">The gateway's policy meanwhile.</param>
internal sealed record Job(Way Way, JobKind Kind, string Policy)
{
    /// <summary>What comes after the slash in <see cref="Name"/>.</summary>
    public string What => Kind == JobKind.Cell ? Policy : Kind.ToString().ToLowerInvariant();

    /// <summary>As the command line names it, for example <c>redis/round-robin</c> or <c>redis/growth</c>.</summary>
    public string Name => $"{Way.Name}/{What}";

    /// <summary>Its result file, without the extension.</summary>
    public string File => Kind == JobKind.Cell ? $"cell-{Way.Name}-{Policy}" : $"{What}-{Way.Name}";

    /// <summary>Whether it is measured on the common shop of its way and policy; the others need one of their own.</summary>
    public bool IsOnCommonShop => Kind is JobKind.Cell or JobKind.Figures;
}
