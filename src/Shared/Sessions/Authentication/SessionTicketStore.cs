using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using ShopSession.Sessions.Http;

namespace ShopSession.Sessions.Authentication;

/// <summary>
/// Cookie authentication's door to the shared session: the login is part of the session, under the one id. The key that the handler passes around is the session's public
/// handle, never its secret.
/// </summary>
internal sealed class SessionTicketStore : ITicketStore
{
    public async Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var session = (SharedSession)httpContext.GetSharedSession();
        await session.SignInAsync(ticket, cancellationToken);
        return session.Handle!.Value.Value;
    }

    // The framework "renews" when a login is there already, which would keep the id over a sign-in. Signing in always changes the id.
    public Task RenewAsync(string key, AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        ((SharedSession)httpContext.GetSharedSession()).SignInAsync(ticket, cancellationToken);

    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        Task.FromResult(((SharedSession)httpContext.GetSharedSession()).Ticket);

    public Task RemoveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        ((SharedSession)httpContext.GetSharedSession()).SignOutAsync(cancellationToken);

    Task<string> ITicketStore.StoreAsync(AuthenticationTicket ticket) => throw NeedsRequest();

    Task ITicketStore.RenewAsync(string key, AuthenticationTicket ticket) => throw NeedsRequest();

    Task<AuthenticationTicket?> ITicketStore.RetrieveAsync(string key) => throw NeedsRequest();

    Task ITicketStore.RemoveAsync(string key) => throw NeedsRequest();

    private static NotSupportedException NeedsRequest() => new("The session belongs to a request: call the overload that takes the HttpContext.");
}
