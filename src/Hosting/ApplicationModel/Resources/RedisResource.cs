namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A Redis store. A deployment runs it as a container; the runner runs <c>redis-server</c> or <c>valkey-server</c> from the PATH, or the
/// embedded store where there is none.
/// </summary>
public class RedisResource : ContainerResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";

    /// <summary>Makes a store without a password.</summary>
    /// <param name="name">The resource's name.</param>
    public RedisResource(string name) : base(name) => PrimaryEndpoint = new(this, PrimaryEndpointName);

    /// <summary>Makes a store with a password.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="password">The password.</param>
    public RedisResource(string name, ParameterResource password) : this(name) => PasswordParameter = password;

    /// <summary>Where it listens.</summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>The host that it listens on.</summary>
    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    /// <summary>The port that it listens on.</summary>
    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>The password, if it asks for one.</summary>
    public ParameterResource? PasswordParameter { get; internal set; }

    /// <summary>Whether it speaks TLS. The runner's stores listen on loopback only and do not.</summary>
    public bool TlsEnabled => PrimaryEndpoint.TlsEnabled;

    /// <summary>The address as <c>redis://:password@host:port</c>.</summary>
    public ReferenceExpression UriExpression
    {
        get
        {
            var builder = new ReferenceExpressionBuilder();
            builder.Append($"{PrimaryEndpoint.Property(EndpointProperty.Scheme)}://");
            if (PasswordParameter is { } password)
                builder.Append($":{password:uri}@");
            builder.Append($"{Host}:{Port}");
            return builder.Build();
        }
    }

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var builder = new ReferenceExpressionBuilder();
            builder.Append($"{Host}:{Port}");
            if (PasswordParameter is { } password)
                builder.Append($",password={password}");
            var tls = PrimaryEndpoint.GetTlsValue(ReferenceExpression.Create($",ssl=true"), ReferenceExpression.Empty);
            builder.Append($"{tls}");
            return builder.Build();
        }
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties()
    {
        yield return new("Host", ReferenceExpression.Create($"{Host}"));
        yield return new("Port", ReferenceExpression.Create($"{Port}"));
        if (PasswordParameter is { } password)
            yield return new("Password", ReferenceExpression.Create($"{password}"));
        yield return new("Uri", UriExpression);
    }
}
