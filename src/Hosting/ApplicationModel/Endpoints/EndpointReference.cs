using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names an endpoint of a resource; its address is known once the application starts.</summary>
public sealed class EndpointReference : IExpressionValue, IValueWithReferences
{
    private readonly int _replica;

    /// <summary>Refers to an endpoint, which need not exist yet.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName) : this(owner, endpointName, 0)
    {
    }

    private EndpointReference(IResourceWithEndpoints owner, string endpointName, int replica)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentException.ThrowIfNullOrEmpty(endpointName);
        Resource = owner;
        EndpointName = endpointName;
        _replica = replica;
    }

    /// <summary>The resource that has the endpoint.</summary>
    public IResourceWithEndpoints Resource { get; }

    /// <summary>The endpoint's name.</summary>
    public string EndpointName { get; }

    /// <summary>Whether the resource has such an endpoint.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether its address is known.</summary>
    public bool IsAllocated => Find()?.AllocatedEndpoint is not null;

    /// <summary>Whether its scheme is <c>http</c>.</summary>
    public bool IsHttp => string.Equals(Scheme, "http", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether its scheme is <c>https</c>.</summary>
    public bool IsHttps => string.Equals(Scheme, "https", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is named after the scheme <c>http</c> or <c>https</c>.</summary>
    public bool IsHttpSchemeNamedEndpoint => EndpointName is "http" or "https" && (IsHttp || IsHttps);

    /// <summary>The scheme.</summary>
    public string Scheme => EndpointAnnotation.UriScheme;

    /// <summary>The port that the process listens on, if the model fixes it.</summary>
    public int? TargetPort => EndpointAnnotation.TargetPort;

    /// <summary>Whether it speaks TLS.</summary>
    public bool TlsEnabled => Exists && EndpointAnnotation.TlsEnabled;

    /// <summary>The host; only while the application runs.</summary>
    public string Host => Allocated.Address;

    /// <summary>The port; only while the application runs.</summary>
    public int Port => Allocated.Port;

    /// <summary>The whole address; only while the application runs.</summary>
    public string Url => Allocated.UriString;

    /// <inheritdoc/>
    public string ValueExpression => Expression(EndpointProperty.Url);

    /// <inheritdoc/>
    public IEnumerable<object> References => [Resource];

    /// <summary>What the model says about the endpoint.</summary>
    /// <exception cref="InvalidOperationException">The resource has no endpoint of this name.</exception>
    public EndpointAnnotation EndpointAnnotation => Find()
        ?? throw new InvalidOperationException($"The resource '{Resource.Name}' has no endpoint '{EndpointName}'. Add it with WithEndpoint or WithHttpEndpoint.");

    /// <summary>One part of the address.</summary>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    /// <summary>One of two values, depending on whether the endpoint speaks TLS.</summary>
    public ReferenceExpression GetTlsValue(ReferenceExpression enabledValue, ReferenceExpression disabledValue) =>
        ReferenceExpression.CreateConditional(Property(EndpointProperty.TlsEnabled), bool.TrueString, enabledValue, disabledValue);

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);

    internal EndpointReference OfReplica(int replica) => new(Resource, EndpointName, replica);

    internal string Expression(EndpointProperty property)
    {
        var name = property.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{{{Resource.Name}.bindings.{EndpointName}.{char.ToLowerInvariant(name[0])}{name.AsSpan(1)}}}");
    }

    private AllocatedEndpoint Allocated
    {
        get
        {
            var endpoint = EndpointAnnotation;
            var allocated = _replica < endpoint.Replicas.Count ? endpoint.Replicas[_replica] : endpoint.AllocatedEndpoint;
            return allocated ?? throw new InvalidOperationException(
                $"The address of the endpoint '{EndpointName}' of '{Resource.Name}' is not known before the application starts.");
        }
    }

    private EndpointAnnotation? Find() =>
        Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => string.Equals(e.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}
