using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Auth.Api;
using ShopSession.Auth.Devices;
using ShopSession.Auth.SignIn;
using ShopSession.Sessions;
using ShopSession.Web.Components;

namespace ShopSession.Auth.Pages;

[Authorize]
internal sealed class DevicesModel(ISessionDirectory directory, SessionEnding sessions, TimeProvider time) : PageModel
{
    public IReadOnlyList<DeviceResponse> Devices { get; private set; } = [];

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync(CancellationToken cancellationToken) => Devices = await DeviceList.ReadAsync(HttpContext, directory, cancellationToken);

    public async Task<IActionResult> OnPostRevokeAsync(string? id, CancellationToken cancellationToken)
    {
        var current = HttpContext.GetSharedSession().Handle;
        var ended = await sessions.DeviceAsync(HttpContext, new SessionHandle(id ?? ""), cancellationToken);
        if (ended && current?.Value == id) return new SeeOther("/login");
        TempData.Flash(ended ? "That device is signed out." : "That device was signed out already.", ended ? "success" : "info");
        return new SeeOther("/account/devices");
    }

    public async Task<IActionResult> OnPostEverywhereAsync(CancellationToken cancellationToken)
    {
        await sessions.EverywhereAsync(HttpContext, cancellationToken);
        return new SeeOther("/login");
    }
}
