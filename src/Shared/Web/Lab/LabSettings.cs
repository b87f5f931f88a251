using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ShopSession.Sessions;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Transports;
using ShopSession.Web.Lab.Tour;
using ShopSession.Web.Replicas;

namespace ShopSession.Web.Lab;

/// <summary>What the lab page knows of the process and of the shop around it. Safe for concurrent use.</summary>
internal sealed class LabSettings(IConfiguration configuration, IHostEnvironment environment, IOptions<SharedSessionOptions> session, ReplicaName replica)
{
    /// <summary>Where the runner says that its page is.</summary>
    public const string RunnerKey = "RUNNER_URL";

    /// <summary>The gateway's policy where none is set.</summary>
    public const string DefaultBalancing = "round-robin";

    /// <summary>Whether the page is there: outside Production, and only where somebody can follow it, in the lab or under the runner.</summary>
    public bool IsOpen => !environment.IsProduction() && (session.Value.Lab || Runner is not null);

    public LabSetting Setting => new(session.Value.Strategy, configuration["Gateway:Balancing"] is { Length: > 0 } policy ? policy : DefaultBalancing);

    /// <summary>Whether the session's id stands in every address.</summary>
    public bool HasIdsInUrls => session.Value.Transport == SessionTransports.Url;

    /// <summary>How browsers name their session.</summary>
    public string Transport => session.Value.Transport;

    public SessionPromises Promises => SessionStrategies.All[Setting.Strategy];

    /// <summary>How many replicas each service has.</summary>
    public int Replicas => session.Value.Replicas;

    /// <summary>Tells this process from the one before it.</summary>
    public string Instance { get; } = RandomNumberGenerator.GetHexString(6, lowercase: true);

    /// <summary>The runner's page; <see langword="null"/>: something else started this process.</summary>
    public Uri? Runner => Uri.TryCreate(configuration[RunnerKey], UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    /// <summary>The runner's page, with a replica's buttons at hand.</summary>
    public string? RunnerAt(string name) => Runner is null ? null : $"{Runner}#replica={name}";

    /// <summary>The runner's page, with a setting chosen but not yet switched to.</summary>
    public string? RunnerWith(string strategy, string balancing) => Runner is null ? null : $"{Runner}#Session__Strategy={strategy}&Gateway__Balancing={balancing}";

    /// <summary>This process's answer to a visitor.</summary>
    public LabAnswer Answer(bool isSignedIn) => new(1, replica.Service, NumberOf(replica.Replica), Instance, isSignedIn, Setting);

    private static int NumberOf(string name) =>
        int.TryParse(name.AsSpan(name.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 100 ? number : 0;
}
