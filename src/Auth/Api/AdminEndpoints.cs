using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using ShopSession.Auth.Administration;
using ShopSession.Auth.Devices;
using ShopSession.Sessions;
using ShopSession.Web.Errors;
using ShopSession.Web.Replicas.Presence;
using ShopSession.Web.Security;

namespace ShopSession.Auth.Api;

/// <summary>What the administration's pages do with accounts and sessions, as JSON, for who has the role. A single account asks for a recent sign-in, as its page does.</summary>
internal static class AdminEndpoints
{
    private const int MaxSearch = 254;

    public static void MapAdministrators(this IEndpointRouteBuilder app)
    {
        var all = app.MapAdministration("");
        all.MapGet("/users", FindAsync);
        all.MapGet("/audit", AuditAsync);
        all.MapGet("/sessions", async (ReplicaDirectory replicas, CancellationToken cancellationToken) => LiveSessionsResponse.Of(new LiveSessions(await replicas.ListAsync(cancellationToken)))).WithoutSliding();

        var one = app.MapAdministration("/users/{id}").RequireAuthorization(AuthPolicies.RecentSignIn);
        one.MapGet("", async (string id, UserSearch search, CancellationToken cancellationToken) => await search.GetAsync(id, cancellationToken) is { } user ? Results.Ok(AdminUser.Of(user)) : ShopProblems.NotFound.AsResult());
        one.MapPost("/lock", (string id, UserAdministration users, HttpContext context) => AnswerAsync(users.LockAsync(context, id, context.RequestAborted)));
        one.MapPost("/unlock", (string id, UserAdministration users, HttpContext context) => AnswerAsync(users.UnlockAsync(context, id, context.RequestAborted)));
        one.MapPut("/administrator", (string id, UserAdministration users, HttpContext context) => AnswerAsync(users.GrantAsync(context, id, context.RequestAborted)));
        one.MapDelete("/administrator", (string id, UserAdministration users, HttpContext context) => AnswerAsync(users.WithdrawAsync(context, id, context.RequestAborted)));
        one.MapGet("/sessions", SessionsAsync);
        one.MapDelete("/sessions", (string id, UserAdministration users, HttpContext context) => AnswerAsync(users.EndAllSessionsAsync(context, id, context.RequestAborted)));
        one.MapDelete("/sessions/{session}", EndSessionAsync);
    }

    private static async Task<IResult> FindAsync(string? search, string? page, string? pageSize, UserSearch users, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (search is { Length: > MaxSearch }) errors["search"] = [$"Search for at most {MaxSearch} characters of an address or a name."];
        var number = Number("page", page, 1, UserSearch.MostPages, errors);
        var size = Number("pageSize", pageSize, 20, UserSearch.Most, errors);
        if (errors.Count > 0) return ShopProblems.Invalid(errors).AsResult();
        var (found, total) = await users.FindAsync(search, number, size, cancellationToken);
        return Results.Ok(new AdminUsers([.. found.Select(AdminUser.Of)], total, number, size));
    }

    private static async Task<IResult> AuditAsync(string? subject, long? before, UserSearch users, CancellationToken cancellationToken)
    {
        var lines = await users.AuditAsync(subject, before, cancellationToken);
        return Results.Ok(lines.Select(line => new AdminAuditEntry(line.Entry.Id, line.Entry.At, line.Entry.Action, line.Entry.ActorId, line.Actor, line.Entry.SubjectId, line.Subject, line.Entry.Detail, line.Entry.Address)));
    }

    private static async Task<IResult> SessionsAsync(string id, UserSearch search, [FromServices] ISessionDirectory directory, CancellationToken cancellationToken)
    {
        if (await search.GetAsync(id, cancellationToken) is null) return ShopProblems.NotFound.AsResult();
        var sessions = await directory.ListAsync(new UserId(id), cancellationToken);
        return Results.Ok(sessions.Select(session => new AdminSession(
            session.Handle.Value, DeviceName.From(session.UserAgent), session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.UserAgent, session.Address)));
    }

    private static async Task<IResult> EndSessionAsync(string id, string session, UserAdministration users, [FromServices] ISessionDirectory directory, HttpContext context)
    {
        // What is not there is not written down as ended.
        if (!SessionHandle.TryParse(session, out var handle) || (await directory.ListAsync(new UserId(id), context.RequestAborted)).All(one => one.Handle != handle)) return ShopProblems.NotFound.AsResult();
        return await AnswerAsync(users.EndSessionAsync(context, id, handle, context.RequestAborted));
    }

    private static async Task<IResult> AnswerAsync(Task<AdministrationResult> action)
    {
        var result = await action;
        return result == AdministrationResult.Done ? Results.NoContent() : AuthProblems.Of(result).AsResult();
    }

    private static int Number(string field, string? text, int otherwise, int most, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrEmpty(text)) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most) return number;
        errors[field] = [$"Give a whole number from 1 to {most}."];
        return otherwise;
    }
}
