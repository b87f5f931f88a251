using System.Globalization;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An expression with two branches. In a manifest it is a resource of its own, named after its condition.</summary>
internal sealed class ConditionalReferenceExpression(
    IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    : ReferenceExpression("{0}", [condition], [""], [null])
{
    /// <summary><c>cond-{condition}-{hash}</c>; the hash covers condition, both branches and the match value, in this order.</summary>
    public string Name { get; } = MakeName(condition, matchValue, whenTrue, whenFalse);

    public override string ValueExpression => $"{{{Name}.connectionString}}";

    public override IEnumerable<object> References => [condition, whenTrue, whenFalse];

    /// <summary>What stands in a manifest for it: a deployment has no TLS unless the model says so.</summary>
    public string PublishedValue => condition is EndpointReferenceExpression { Property: EndpointProperty.TlsEnabled } tls && tls.Endpoint.TlsEnabled
        ? whenTrue.ValueExpression
        : whenFalse.ValueExpression;

    public override async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        await (await MatchesAsync(cancellationToken) ? whenTrue : whenFalse).GetValueAsync(cancellationToken);

    private async ValueTask<bool> MatchesAsync(CancellationToken cancellationToken) =>
        string.Equals(await condition.GetValueAsync(cancellationToken), matchValue, StringComparison.OrdinalIgnoreCase);

    private static string MakeName(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        var expression = (condition as IManifestExpressionProvider)?.ValueExpression
            ?? throw new ArgumentException("The condition has no manifest expression.", nameof(condition));
        var hash = XxHash32.Compute(Encoding.UTF8.GetBytes(expression + whenTrue.ValueExpression + whenFalse.ValueExpression + matchValue));
        var name = expression.Trim('{', '}').Replace('.', '-').ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"cond-{name}-{hash:x8}");
    }
}
