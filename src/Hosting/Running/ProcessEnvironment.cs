using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using ShopSession.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>Puts together the environment and the arguments of a replica's process.</summary>
internal sealed class ProcessEnvironment(
    RunnerEnvironment runner, DistributedApplicationExecutionContext context, EnvironmentOverrides overrides, string environmentName, bool hasPage)
{
    /// <summary>Where the runner's page is, for what wants to lead there.</summary>
    public const string RunnerUrl = "RUNNER_URL";

    // What belongs to this process alone, or to the tool that started it.
    private static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "HTTP_PORTS", "HTTPS_PORTS", "URLS", "DOTNET_LAUNCH_PROFILE", "DOTNET_URLS"];

    /// <summary>What processes do not get from outside: what the runner gives each itself, and its secrets.</summary>
    public IReadOnlySet<string> NotHandedOn { get; } = runner.Options.Settings.Where(setting => setting.Kind == RunnerSettingKind.Secret)
        .Select(setting => setting.EnvironmentName).Concat(NotInherited).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public async Task<Dictionary<string, string>> CreateAsync(Replica replica, CancellationToken cancellationToken)
    {
        var environment = Inherited();
        environment["DOTNET_ENVIRONMENT"] = environmentName;
        environment["ASPNETCORE_ENVIRONMENT"] = environmentName;
        environment["OTEL_SERVICE_NAME"] = replica.Resource.Name;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={replica.Name}";

        // One line format for everything on the page and the console, whatever the terminal is.
        environment["Logging__Console__FormatterName"] = "simple";
        environment["DOTNET_NOLOGO"] = "1";

        // Seven processes start at once on few cores. Measured on two: compiling less eagerly (methods that run 256 times instead of 30, without
        // first counting what they do) takes a third off the processor time of the start, and costs nothing once a process is warm.
        environment.TryAdd("DOTNET_TieredPGO", "0");
        environment.TryAdd("DOTNET_TC_CallCountThreshold", "100");
        if (hasPage && runner.DashboardPort != 0)
            environment[RunnerUrl] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{runner.DashboardPort}/");
        foreach (var endpoint in replica.Resource.Annotations.OfType<EndpointAnnotation>())
            if (endpoint.PortEnvironmentVariable is { } variable)
                environment[variable] = endpoint.Replicas[replica.Index].Port.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in await ModelVariables.ResolveAsync(replica.Resource, context, cancellationToken))
            environment[name] = value;
        overrides.Apply(replica.Resource, environment);
        return environment;
    }

    public async Task<IReadOnlyList<string>> ArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var callbackContext = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = context };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
            await annotation.Callback(callbackContext);
        var arguments = new List<string>();
        foreach (var argument in callbackContext.Args)
            if (await ModelVariables.ValueAsync(argument, cancellationToken) is { } value)
                arguments.Add(value);
        return arguments;
    }

    private Dictionary<string, string> Inherited()
    {
        var comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        return Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value ?? ""))
            .Where(entry => !NotHandedOn.Contains(entry.Name) && !entry.Name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(entry => entry.Name, entry => entry.Value, comparer);
    }
}
