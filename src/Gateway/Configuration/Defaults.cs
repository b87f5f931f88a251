using Microsoft.Extensions.Configuration.Memory;

namespace ShopSession.Gateway.Configuration;

/// <summary>Settings that hold unless a file, the environment or the command line says otherwise; in code, since the working directory need not be the program's.</summary>
internal static class Defaults
{
    private static readonly Dictionary<string, string?> Values = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        // Its error is the exception that ends the start, with its stack; the program says that in one message.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        ["Logging:LogLevel:Yarp"] = "Warning",
        // Every failed forwarding is told by the gateway itself, with what was done about it.
        ["Logging:LogLevel:Yarp.ReverseProxy.Forwarder.HttpForwarder"] = "Error",
    };

    public static void Add(IConfigurationBuilder configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Values });
}
