using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Devices;
using ShopSession.Auth.SignIn;
using ShopSession.Sessions;
using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>The user's sessions, as JSON.</summary>
internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder api)
    {
        var devices = api.MapGroup("/devices").RequireAuthorization();
        devices.MapGet("", ListAsync);
        devices.MapDelete("/{id}", RevokeAsync);
        devices.MapGet("/{id}/events", EventsAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, [FromServices] ISessionDirectory directory, CancellationToken cancellationToken) =>
        Results.Ok(await DeviceList.ReadAsync(context, directory, cancellationToken));

    private static async Task<IResult> EventsAsync(string id, HttpContext context, [FromServices] ISessionDirectory directory, CancellationToken cancellationToken)
    {
        var events = await directory.TimelineAsync(context.User.UserId(), new SessionHandle(id), cancellationToken);
        return events.Count == 0 ? ShopProblems.NotFound.AsResult() : Results.Ok(events.Select(DeviceEvents.ToResponse));
    }

    private static async Task<IResult> RevokeAsync(string id, HttpContext context, SessionEnding sessions, CancellationToken cancellationToken) =>
        await sessions.DeviceAsync(context, new SessionHandle(id), cancellationToken) ? Results.NoContent() : ShopProblems.NotFound.AsResult();
}
