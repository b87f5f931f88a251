namespace Aspire.Hosting;

/// <summary>How an application host is set up.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line: <c>--key value</c> and <c>key=value</c> set configuration.</summary>
    public string[]? Args { get; set; }

    /// <summary>The assembly of the application host; <see langword="null"/>: the one that was started.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The folder of the application host's project; <see langword="null"/>: known from the build.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>Runs without the runner's page and its API.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>The name that the page shows; <see langword="null"/>: the assembly's.</summary>
    public string? DashboardApplicationName { get; set; }

    /// <summary>Sends the output of the resources to the host's log as well.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Kept for source compatibility: the runner speaks plain HTTP on loopback, in any case.</summary>
    public bool AllowUnsecuredTransport { get; set; }
}
