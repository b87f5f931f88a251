using System.Text.Json;
using Aspire.Hosting.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ShopSession.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>What a change of a resource's environment did: the names that are overridden now, and the replicas that were restarted.</summary>
internal sealed record EnvironmentChangeView(string Name, IReadOnlyList<string> Overridden, IReadOnlyList<string> Restarted);

/// <summary><c>POST /api/resources/{name}/environment</c>: sets variables of a resource and restarts it. Values never come back, since they may be secrets.</summary>
internal static class EnvironmentEndpoint
{
    /// <summary>Room for the most variables with names and values of some length; more is no change of settings.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web) { AllowDuplicateProperties = false };

    public static void Map(WebApplication app, ResourceEnvironmentService environment) => app.MapPost(
        "/api/resources/{resource}/environment", (string resource, HttpContext context) => ChangeAsync(environment, resource, context));

    private static async Task<IResult> ChangeAsync(ResourceEnvironmentService environment, string resource, HttpContext context)
    {
        if (environment.Find(resource) is not { } run)
            return DashboardProblem.Result(StatusCodes.Status404NotFound, "unknown-resource", environment.Unknown(resource));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaxBodyBytes;
        Dictionary<string, string?>? variables;
        try
        {
            variables = await JsonSerializer.DeserializeAsync<Dictionary<string, string?>>(context.Request.Body, Strict, context.RequestAborted);
        }
        catch (JsonException)
        {
            // Its message may quote what was sent.
            variables = null;
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return DashboardProblem.Result(exception.StatusCode, "too-large", $"The body is larger than {MaxBodyBytes} bytes.");
        }

        if (variables is null)
            return DashboardProblem.Result(
                StatusCodes.Status400BadRequest, "bad-environment", "The body must be a JSON object of names and texts, for example {\"Session__Strategy\": \"local\"}; null takes one back.");
        if (environment.Problem(variables) is { } problem)
            return DashboardProblem.Result(StatusCodes.Status400BadRequest, "bad-environment", problem);
        var restarted = await environment.ChangeAsync(run, variables);
        return Results.Json(new EnvironmentChangeView(run.Resource.Name, environment.Overridden(run.Resource), restarted), JsonSerializerOptions.Web);
    }
}
