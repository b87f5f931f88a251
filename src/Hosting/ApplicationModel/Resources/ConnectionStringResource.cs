namespace Aspire.Hosting.ApplicationModel;

/// <summary>A connection string put together from other values.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="connectionStringExpression">The connection string.</param>
public sealed class ConnectionStringResource(string name, ReferenceExpression connectionStringExpression)
    : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression { get; } = connectionStringExpression;
}
