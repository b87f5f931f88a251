using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Auth.Api;
using ShopSession.Auth.Devices;
using ShopSession.Auth.SignIn;
using ShopSession.Sessions;
using ShopSession.Sessions.Stores;
using ShopSession.Web.Components;

namespace ShopSession.Auth.Pages;

[Authorize]
internal sealed class DevicesModel(ISessionDirectory directory, SessionEnding sessions, TimeProvider time) : PageModel
{
    public IReadOnlyList<DeviceResponse> Devices { get; private set; } = [];

    /// <summary>What happened to each of <see cref="Devices"/>, by its id.</summary>
    public IReadOnlyDictionary<string, SessionHistory> Histories { get; private set; } = new Dictionary<string, SessionHistory>();

    /// <summary>Sessions that ended of late, the newest first.</summary>
    public IReadOnlyList<SessionHistory> Ended { get; private set; } = [];

    /// <summary>Why nothing is listed under this strategy, ever.</summary>
    public string? WhyNoList => HttpContext.GetSharedSession().Strategy switch
    {
        SessionStrategies.Client => T["Each browser keeps its own session; the site has no list of them."],
        SessionStrategies.Jwt => T["Each client keeps its own tokens; the site has no list of them."],
        var strategy => SessionStrategies.All[strategy].WhyNoList,
    };

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        // The list first: it notices what has expired, which the histories then tell.
        Devices = await DeviceList.ReadAsync(HttpContext, directory, cancellationToken);
        var histories = await directory.HistoryAsync(User.UserId(), cancellationToken);
        Histories = histories.ToDictionary(history => history.Handle.Value);
        // Without its sign-in, which is no longer kept, an ended session could not be told from another.
        Ended = [.. histories.Where(history => history.End is not null && history.UserAgent.Length > 0).Take(DeviceEvents.MostEnded)];
    }

    public async Task<IActionResult> OnPostRevokeAsync(string? id, CancellationToken cancellationToken)
    {
        var current = HttpContext.GetSharedSession().Handle;
        var ended = await sessions.DeviceAsync(HttpContext, new SessionHandle(id ?? ""), cancellationToken);
        if (ended && current?.Value == id) return new SeeOther("/login");
        TempData.Flash(ended ? T["That device is signed out."] : T["That device was signed out already."], ended ? "success" : "info");
        return new SeeOther("/account/devices");
    }

    public async Task<IActionResult> OnPostEverywhereAsync(CancellationToken cancellationToken)
    {
        await sessions.EverywhereAsync(HttpContext, cancellationToken);
        return new SeeOther("/login");
    }
}
