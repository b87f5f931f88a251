using Microsoft.Extensions.Options;
using ShopSession.Gateway.Balancing;

namespace ShopSession.Gateway.Configuration;

internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    /// <summary>Kestrel's own limit in the services is 32 KiB; the difference is room for the headers that the gateway adds.</summary>
    private const int LargestHeaderBytes = 30 * 1024;

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var problems = new List<string>();
        if (!BalancingPolicies.Names.Contains(options.Balancing))
            problems.Add($"Gateway:Balancing is '{options.Balancing}'; allowed: {string.Join(", ", BalancingPolicies.Names)}. Set Gateway__Balancing to one of them.");
        Between(problems, nameof(options.WaitForReplica), options.WaitForReplica, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Between(problems, nameof(options.ProbeInterval), options.ProbeInterval, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        Between(problems, nameof(options.ProbeIntervalWhenDown), options.ProbeIntervalWhenDown, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        Between(problems, nameof(options.ProbeTimeout), options.ProbeTimeout, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        Between(problems, nameof(options.ActivityTimeout), options.ActivityTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        if (options.MaxHeaderBytes is < 4096 or > LargestHeaderBytes)
            problems.Add($"Gateway:MaxHeaderBytes is {options.MaxHeaderBytes}; allowed: 4096 to {LargestHeaderBytes} (the services accept 32768 with what the gateway adds).");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Between(List<string> problems, string setting, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most) problems.Add($"Gateway:{setting} is {value}; allowed: {least} to {most} (hours:minutes:seconds).");
    }
}
