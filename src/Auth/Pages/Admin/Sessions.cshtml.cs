using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Auth.Administration;
using ShopSession.Sessions;
using ShopSession.Web.Replicas.Presence;
using ShopSession.Web.Security;

namespace ShopSession.Auth.Pages;

/// <summary>The sessions in use and the replicas that serve them. Watching it is no use of one's own login, which else would never end.</summary>
[AdministratorsOnly]
[WithoutSliding]
internal sealed class AdminSessionsModel(ReplicaDirectory directory, TimeProvider time) : PageModel
{
    /// <summary>How often an open page looks again, in seconds; how often replicas tell of themselves.</summary>
    public const int Interval = 5;

    /// <summary>How long a replica that says nothing is listed, in seconds.</summary>
    public static int ReplicaLife => (int)ReplicaDirectory.ReportLife.TotalSeconds;

    /// <summary>How long a session counts as in use, in minutes.</summary>
    public static int UseMinutes => (int)SessionStatistics.UseWindow.TotalMinutes;

    public LiveSessions Live { get; private set; } = new([]);

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    /// <summary>Whether the page reloads itself without scripts.</summary>
    [BindProperty(SupportsGet = true, Name = "reload")]
    public bool Reloads { get; set; }

    public async Task<IActionResult> OnGetAsync(string? part, CancellationToken cancellationToken)
    {
        Live = new LiveSessions(await directory.ListAsync(cancellationToken));
        return part == "live" ? Partial("_LiveSessions", this) : Page();
    }

    public string RunsSince(DateTimeOffset startedAt) => (Now - startedAt) switch
    {
        { TotalMinutes: < 1 } => T["less than a minute"],
        { TotalHours: < 1 } run => T[$"{(int)run.TotalMinutes} min"],
        { TotalDays: < 1 } run => T[$"{(int)run.TotalHours} h {run.Minutes} min"],
        var run => T[$"{(int)run.TotalDays} d {run.Hours} h"],
    };

    public static string Number(long? count) => count?.ToString("N0", CultureInfo.CurrentCulture) ?? "–";
}
