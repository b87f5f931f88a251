namespace ShopSession.Gateway.Errors;

/// <summary>What the gateway calls itself in <c>X-Shop-Replica</c>, which names whoever made an answer; <see langword="null"/> in Production, where nobody is told.</summary>
internal sealed class GatewayName(IConfiguration configuration, IHostEnvironment environment)
{
    public const string Header = "X-Shop-Replica";

    public string? Value { get; } = environment.IsProduction() ? null : Read(configuration);

    private static string Read(IConfiguration configuration)
    {
        var given = configuration["Shop:Replica"] ?? configuration["OTEL_RESOURCE_ATTRIBUTES"]?.Split(',').Select(pair => pair.Split('=', 2))
            .FirstOrDefault(pair => pair[0].Trim() == "service.instance.id")?.ElementAtOrDefault(1);
        var name = string.Concat((given ?? "").Where(letter => letter is > ' ' and < '\x7f').Take(64));
        return name.Length > 0 ? name : "gateway-1";
    }
}
