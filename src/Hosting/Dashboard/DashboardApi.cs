using System.Globalization;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Logs;
using Aspire.Hosting.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>The runner's API.</summary>
internal static class DashboardApi
{
    private static readonly string[] Commands = ["start", "stop", "restart", ResourceCommandService.KillCommand];

    public static void Map(WebApplication app, DashboardViews views, Orchestrator orchestrator, ResourceCommandService commands)
    {
        app.MapGet("/api/resources", () => Results.Json(views.Replicas(), JsonSerializerOptions.Web));
        app.MapGet("/api/resources/{replica}/environment", (string replica) => With(orchestrator, replica, found =>
            Results.Json(views.Variables(found, orchestrator.Model), JsonSerializerOptions.Web)));
        app.MapGet("/api/resources/{replica}/logs", (string replica, HttpContext context) => With(orchestrator, replica, found => Logs(found, context)));
        app.MapPost("/api/resources/{replica}/{command}", (string replica, string command, HttpContext context) =>
            ExecuteAsync(orchestrator, commands, replica, command, context.RequestAborted));
        app.MapGet("/health", () => Results.Text("Healthy"));
        app.MapFallback(() => DashboardProblem.Result(StatusCodes.Status404NotFound, "not-found", "There is no such address here."));
    }

    private static async Task<IResult> ExecuteAsync(
        Orchestrator orchestrator, ResourceCommandService commands, string replica, string command, CancellationToken cancellationToken)
    {
        if (Find(orchestrator, replica) is not { } found)
            return Unknown(orchestrator, replica);
        if (!Commands.Contains(command))
            return DashboardProblem.Result(StatusCodes.Status404NotFound, "unknown-command", $"There is no command '{command}'. There are: {string.Join(", ", Commands)}.");
        var result = await commands.ExecuteCommandAsync(found.Name, command, cancellationToken);
        return result.Success ? Results.NoContent() : DashboardProblem.Result(StatusCodes.Status409Conflict, "command-failed", result.Message ?? "It did not work.");
    }

    private static IResult With(Orchestrator orchestrator, string replica, Func<Replica, IResult> answer) =>
        Find(orchestrator, replica) is { } found ? answer(found) : Unknown(orchestrator, replica);

    private static Replica? Find(Orchestrator orchestrator, string name) =>
        orchestrator.Replicas.FirstOrDefault(replica => string.Equals(replica.Name, name, StringComparison.OrdinalIgnoreCase));

    private static IResult Unknown(Orchestrator orchestrator, string name) => DashboardProblem.Result(
        StatusCodes.Status404NotFound, "unknown-replica", $"There is no replica '{name}'. There are: {string.Join(", ", orchestrator.Replicas.Select(r => r.Name))}.");

    /// <summary>The lines after <c>?after=</c>: as JSON, as a live stream of events where those are accepted, as text for a download.</summary>
    private static IResult Logs(Replica replica, HttpContext context)
    {
        var after = long.TryParse(context.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last))
            after = last;
        if (context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
            return new LogStream(replica.Log, after);
        if (context.Request.Query["format"] == "text")
            return Results.File(Encoding.UTF8.GetBytes(Text(replica.Log)), "text/plain; charset=utf-8", $"{replica.Name}.log");
        return Results.Json(replica.Log.Read(after).Select(DashboardViews.View), JsonSerializerOptions.Web);
    }

    private static string Text(LogRing log)
    {
        var text = new StringBuilder();
        foreach (var line in log.Read())
            text.Append(CultureInfo.InvariantCulture, $"{line.Time:yyyy-MM-ddTHH:mm:ss.fffZ} {line.Text}\n");
        return text.ToString();
    }

    /// <summary>Server-sent events, one per line; the browser comes back with the last one's number when the stream breaks.</summary>
    private sealed class LogStream(LogRing log, long after) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync(context.RequestAborted);
            try
            {
                await foreach (var line in log.FollowAsync(after, context.RequestAborted))
                {
                    var data = JsonSerializer.Serialize(DashboardViews.View(line), JsonSerializerOptions.Web);
                    await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {line.Sequence}\ndata: {data}\n\n"), context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                }
            }
            catch (OperationCanceledException)
            {
                // The page was closed.
            }
        }
    }
}
