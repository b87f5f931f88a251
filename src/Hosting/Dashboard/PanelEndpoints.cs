using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the panel of the page shows.</summary>
internal static class PanelEndpoints
{
    public static void Map(WebApplication app, PanelViews views, PanelQuestions questions)
    {
        app.MapGet("/api/panel", () => views.View() is { } view
            ? Results.Json(view, JsonSerializerOptions.Web)
            : DashboardProblem.Result(StatusCodes.Status404NotFound, "no-panel", "This application has no panel."));
        app.MapGet("/api/panel/serving", async (CancellationToken cancellationToken) => Results.Json(await questions.AskAsync(cancellationToken), JsonSerializerOptions.Web));
    }
}
