using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ShopSession.Web.Lab;

/// <summary>Reads and writes attributes through <c>HttpContext.Session</c>; <c>hold</c> is how many milliseconds pass between reading and writing or answering.</summary>
internal static class LabValues
{
    public static void MapLabValues(this RouteGroupBuilder session)
    {
        session.MapGet("/values/{name}", async (string name, int? hold, HttpContext context) =>
        {
            await HoldAsync(hold, context);
            return Results.Text(context.Session.GetString(Key(name)) ?? "");
        });
        session.MapPut("/values/{name}", async (string name, string value, int? hold, HttpContext context) =>
        {
            _ = context.Session.GetString(Key(name));
            await HoldAsync(hold, context);
            context.Session.SetString(Key(name), value);
            // With a body of known length, which servers send off before the middleware gets control again.
            return Results.Text("stored");
        });
        session.MapDelete("/values/{name}", (string name, HttpContext context) => context.Session.Remove(Key(name)));
    }

    private static Task HoldAsync(int? milliseconds, HttpContext context) =>
        milliseconds is > 0 and var hold ? Task.Delay(Math.Min(hold, 10_000), context.RequestAborted) : Task.CompletedTask;

    private static string Key(string name) => $"lab.{name}";
}
