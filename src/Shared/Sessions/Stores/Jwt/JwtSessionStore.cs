using Microsoft.Extensions.Options;
using ShopSession.Sessions.Stores.Carried;

namespace ShopSession.Sessions.Stores.Jwt;

/// <summary>Logins that are signed tokens. They carry no data: <c>HttpContext.Session</c> refuses it with what to do instead.</summary>
internal sealed class JwtSessionStore(IOptions<SharedSessionOptions> options, TimeProvider time, JwtKeys keys) : CarriedSessionStore(SessionStrategies.Jwt, options, time), IJoiningStore
{
    public string? NotReady => keys.All.Any() ? null : "The keys that sign tokens have not been read yet.";
}
