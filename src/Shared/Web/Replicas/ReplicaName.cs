using Microsoft.Extensions.Configuration;

namespace ShopSession.Web.Replicas;

/// <summary>Which service this process is, and which of its replicas. Safe for concurrent use.</summary>
/// <param name="Service">The service's name, for example <c>cart</c>.</param>
/// <param name="Replica">The replica's name, for example <c>cart-2</c>.</param>
public sealed record ReplicaName(string Service, string Replica)
{
    /// <summary><c>Shop:Replica</c>, else the telemetry instance id that the runner gives, else <c>service-1</c>.</summary>
    internal static ReplicaName From(IConfiguration configuration, string service)
    {
        var replica = configuration["Shop:Replica"];
        if (string.IsNullOrWhiteSpace(replica)) replica = InstanceId(configuration["OTEL_RESOURCE_ATTRIBUTES"]);
        return new(service, string.IsNullOrWhiteSpace(replica) ? $"{service}-1" : Printable(replica.Trim()));
    }

    private static string? InstanceId(string? attributes) =>
        attributes?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .FirstOrDefault(pair => pair.Length == 2 && pair[0] == "service.instance.id")?[1];

    // The name travels in a response header: nothing in it may break one.
    private static string Printable(string name) => string.Concat(name.Where(c => c is > ' ' and < '\x7f').Take(64));
}
