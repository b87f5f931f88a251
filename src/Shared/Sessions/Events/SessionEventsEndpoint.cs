using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using ShopSession.Sessions.Http;
using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.Events;

/// <summary>
/// Server-sent events (WHATWG HTML, section 9.2) by which an open page learns what becomes of its login: <c>state</c> with the seconds left until it ends unused,
/// again whenever that changes, and <c>ended</c> when it is no more. A stream that just ends means: ask again (the id may have changed).
/// </summary>
internal sealed class SessionEventsEndpoint(SessionEndings endings, ISessionStore store, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How often the store itself is asked although nothing was heard: finds what no message told, and keeps proxies from closing the connection.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(15);

    /// <summary>Makes the browser ask again two seconds after a stream has ended.</summary>
    private const string Retry = "retry: 2000\n";

    public async Task StreamAsync(HttpContext context)
    {
        var session = (SharedSession)context.GetSharedSession();
        if (session.IsUnavailable)
        {
            // An error's status would make the browser's EventSource give up, as 204 does; a stream that just ends makes it ask again.
            Begin(context);
            await WriteAsync(context.Response, Retry + "\n", context.RequestAborted);
            return;
        }

        if (session.PresentedId is not { } id || session.Ticket is null)
        {
            // No login, nothing to tell: 204 makes the browser's EventSource stop asking.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var watch = endings.For(id.Handle);
        Begin(context);
        try
        {
            await TellAsync(context.Response, id, watch, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The page was closed, or this replica stops: the browser asks another one.
        }
    }

    private static void Begin(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // nginx buffers otherwise.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async Task TellAsync(HttpResponse response, SessionId id, SessionEndings.Watch watch, CancellationToken cancellationToken)
    {
        var told = "";
        while (true)
        {
            var woken = watch.Woken;
            SessionRecord? record;
            try
            {
                record = await store.ReadAsync(id, cancellationToken);
            }
            catch (SessionStoreUnavailableException)
            {
                // Whether the login lives cannot be known now; the stream ends and the browser asks again in a moment.
                return;
            }

            if (record is { IsSuperseded: true }) return;
            if (record is null)
            {
                await WriteAsync(response, "event: ended\ndata: {}\n\n", cancellationToken);
                return;
            }

            var left = (long)Math.Max(0, (record.ExpiresAt - store.Clock.GetUtcNow()).TotalSeconds);
            var state = record.ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var message = state == told ? ":\n\n" : string.Create(CultureInfo.InvariantCulture, $"{Retry}event: state\ndata: {{\"secondsLeft\":{left}}}\n\n");
            told = state;
            await WriteAsync(response, message, cancellationToken);
            // Until something is heard of the session, or to look again; just after its expiry if that comes first.
            var wait = TimeSpan.FromSeconds(Math.Min(LookInterval.TotalSeconds, left + 1));
            await Task.WhenAny(woken, Task.Delay(wait, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}

/// <summary>Maps what open pages need.</summary>
public static class SessionEventsExtensions
{
    /// <summary>
    /// Maps <c>GET /session/events</c> (server-sent events: <c>state</c> with <c>secondsLeft</c>, <c>ended</c>) and <c>POST /session/keep</c> ("stay signed in": counts as use;
    /// 204, 401 when there is no login any more, or 503 when that cannot be known now).
    /// </summary>
    public static IEndpointRouteBuilder MapSessionEvents(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGet("/session/events", (HttpContext context, SessionEventsEndpoint events) => events.StreamAsync(context)).WithoutSliding();
        endpoints.MapPost("/session/keep", async (HttpContext context) =>
        {
            var session = (SharedSession)context.GetSharedSession();
            session.ThrowIfUnavailable();
            if (session.Ticket is null) return Results.StatusCode(StatusCodes.Status401Unauthorized);
            await session.UseAsync(context.RequestAborted);
            return Results.NoContent();
        });
        return endpoints;
    }
}
