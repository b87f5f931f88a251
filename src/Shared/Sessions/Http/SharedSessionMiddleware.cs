using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ShopSession.Sessions.Diagnostics;

namespace ShopSession.Sessions.Http;

/// <summary>
/// Reads the session before the endpoint runs and stores its changes before the response leaves. Failures become answers: 503 when the store
/// does not answer, 409 when the session ended meanwhile; status-code pages may dress them.
/// </summary>
internal sealed class SharedSessionMiddleware(RequestDelegate next, SharedSessionServices services)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Re-executed by an error page: the session of the request is there already.
        if (context.Features.Get<ISharedSession>() is not null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        var session = new SharedSession(context, services);
        context.Features.Set<ISharedSession>(session);
        context.Features.Set<ISessionFeature>(new Feature(session));
        if (context.GetEndpoint()?.Metadata.GetMetadata<DisableSharedSessionMetadata>() is not null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        // The net under CommitBeforeBody: what changed the session while the headers were made (TempData does) is stored before they leave.
        context.Response.OnStarting(static state => ((SharedSession)state).CommitAsync(CancellationToken.None).AsTask(), session);
        var trips = services.Metrics.MeasuresRoundTrips ? services.RoundTrips.Begin() : null;
        try
        {
            await session.LoadAsync(context.RequestAborted).ConfigureAwait(false);
            await next(context).ConfigureAwait(false);
            await session.CommitAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (SessionStoreUnavailableException exception) when (!context.Response.HasStarted)
        {
            SessionLog.StoreUnavailable(services.Logger, exception);
            Answer(context, StatusCodes.Status503ServiceUnavailable, exception);
            context.Response.Headers.RetryAfter = "2";
        }
        catch (SessionDataUnsupportedException exception) when (!context.Response.HasStarted)
        {
            SessionLog.Refused(services.Logger, exception.Message);
            Answer(context, StatusCodes.Status501NotImplemented, exception);
        }
        catch (Exception exception) when (exception is SessionEndedException or SessionLimitReachedException && !context.Response.HasStarted)
        {
            SessionLog.Refused(services.Logger, exception.Message);
            Answer(context, StatusCodes.Status409Conflict, exception);
        }
        finally
        {
            if (trips is not null) services.Metrics.RoundTrips(trips.Count);
        }
    }

    private static void Answer(HttpContext context, int status, Exception exception)
    {
        // An application's own error pages learn here what happened, as from the framework's exception handler.
        context.Features.Set<IExceptionHandlerFeature>(new ExceptionHandlerFeature { Error = exception, Path = context.Request.Path });
        // Whatever was being made for the success must not reach the client; nor may its cookies.
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
    }

    private sealed class Feature(ISession session) : ISessionFeature
    {
        public ISession Session { get; set; } = session;
    }
}
