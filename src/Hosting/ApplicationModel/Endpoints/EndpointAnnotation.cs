using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One endpoint of a resource, as the model describes it.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private string? _transport;

    /// <summary>Describes an endpoint.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="uriScheme">The scheme of its address; <see langword="null"/>: the protocol's name.</param>
    /// <param name="transport"><c>http</c>, <c>http2</c> or the protocol; <see langword="null"/>: follows from the scheme.</param>
    /// <param name="name">Its name; <see langword="null"/>: the scheme.</param>
    /// <param name="port">The port that others use; <see langword="null"/>: any free one.</param>
    /// <param name="targetPort">The port that the process listens on; <see langword="null"/>: the same.</param>
    /// <param name="isExternal">Whether it may be reached from outside the application.</param>
    /// <param name="isProxied">Whether a proxy may stand before it. The runner starts none.</param>
    public EndpointAnnotation(
        ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null, int? port = null, int? targetPort = null,
        bool? isExternal = null, bool isProxied = true)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        Name = name ?? UriScheme;
        _transport = transport;
        Port = CheckPort(port, nameof(port));
        TargetPort = CheckPort(targetPort, nameof(targetPort));
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
    }

    /// <summary>Its name, unique in the resource.</summary>
    public string Name { get; set; }

    /// <summary>The port that others use; <see langword="null"/>: any free one.</summary>
    public int? Port { get; set; }

    /// <summary>The port that the process listens on.</summary>
    public int? TargetPort { get; set; }

    /// <summary>The scheme of its address.</summary>
    public string UriScheme { get; set; }

    /// <summary><c>http</c>, <c>http2</c>, <c>tcp</c> or <c>udp</c>.</summary>
    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>Whether it may be reached from outside the application.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether a proxy may stand before it.</summary>
    public bool IsProxied { get; set; }

    /// <summary>The host that the process listens on.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>Whether it speaks TLS.</summary>
    public bool TlsEnabled { get; set; }

    /// <summary>Whether references to the resource as a whole leave this endpoint out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>The address at run time; of a resource with replicas, the first one's.</summary>
    public AllocatedEndpoint? AllocatedEndpoint { get; set; }

    /// <summary>The environment variable that tells the process its port.</summary>
    internal string? PortEnvironmentVariable { get; set; }

    /// <summary>A port of a launch profile is that of one process: with replicas each takes a free one.</summary>
    internal bool FromLaunchProfile { get; init; }

    /// <summary>The addresses of all replicas, in their order.</summary>
    internal IReadOnlyList<AllocatedEndpoint> Replicas { get; set; } = [];

    private static int? CheckPort(int? port, string name) =>
        port is null or (> 0 and <= 65535) ? port : throw new ArgumentOutOfRangeException(name, port, $"A port is a number from 1 to 65535, not {port}.");
}

/// <summary>The address of an endpoint at run time.</summary>
/// <param name="endpoint">The endpoint.</param>
/// <param name="address">The host.</param>
/// <param name="port">The port.</param>
public sealed class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port)
{
    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; } = endpoint;

    /// <summary>The host.</summary>
    public string Address { get; } = address;

    /// <summary>The port.</summary>
    public int Port { get; } = port;

    /// <summary>The scheme.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>Host and port.</summary>
    public string EndPointString => $"{Address}:{Port}";

    /// <summary>The whole address.</summary>
    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <inheritdoc/>
    public override string ToString() => UriString;
}
