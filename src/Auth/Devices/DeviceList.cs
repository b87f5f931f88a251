using ShopSession.Auth.Api;
using ShopSession.Auth.SignIn;
using ShopSession.Sessions;

namespace ShopSession.Auth.Devices;

/// <summary>The sessions of the signed-in user, this one first, then by last use.</summary>
internal static class DeviceList
{
    public static async Task<IReadOnlyList<DeviceResponse>> ReadAsync(HttpContext context, ISessionDirectory directory, CancellationToken cancellationToken)
    {
        var current = context.GetSharedSession().Handle;
        var devices = await directory.ListAsync(context.User.UserId(), cancellationToken);
        return
        [
            .. devices
                .Select(device => new DeviceResponse(
                    device.Handle.Value, device.Handle == current, DeviceName.From(device.UserAgent), device.CreatedAt, device.LastSeenAt, device.ExpiresAt, device.UserAgent, device.Address))
                .OrderByDescending(device => device.Current).ThenByDescending(device => device.LastSeenAt),
        ];
    }
}
