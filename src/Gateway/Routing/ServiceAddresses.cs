using Microsoft.Extensions.Options;

namespace ShopSession.Gateway.Routing;

/// <summary>Reads the addresses of a service's replicas: <c>services:{name}:http:0 … N</c>, or <c>https</c> where there is no plain one.</summary>
internal static class ServiceAddresses
{
    /// <exception cref="OptionsValidationException">There is none, or one is no http(s) address.</exception>
    public static IReadOnlyList<Uri> Read(IConfiguration configuration, string service)
    {
        var section = configuration.GetSection($"services:{service}");
        var entries = section.GetSection("http").GetChildren().ToList();
        if (entries.Count == 0) entries = [.. section.GetSection("https").GetChildren()];
        if (entries.Count == 0)
            throw Wrong($"no address of '{service}' is configured. Set services__{service}__http__0 (and __1, … for further replicas); an AppHost does so by WithReference({service}).");
        return [.. entries.OrderBy(entry => int.TryParse(entry.Key, out var index) ? index : int.MaxValue).Select(Parse)];
    }

    private static Uri Parse(IConfigurationSection entry) =>
        Uri.TryCreate(entry.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address!
            : throw Wrong($"{entry.Path} is '{entry.Value}'; expected an address such as http://127.0.0.1:5001.");

    private static OptionsValidationException Wrong(string message) => new("services", typeof(Uri), [message]);
}
