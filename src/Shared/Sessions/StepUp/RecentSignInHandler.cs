using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.StepUp;

/// <summary>Judges the requirement by the session's own record and the store's clock.</summary>
internal sealed class RecentSignInHandler(IHttpContextAccessor accessor, ISessionStore store) : AuthorizationHandler<RecentSignInRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RecentSignInRequirement requirement)
    {
        var http = context.Resource as HttpContext ?? accessor.HttpContext;
        if (http?.Features.Get<ISharedSession>()?.AuthenticatedAt is { } at && store.Clock.GetUtcNow() - at <= requirement.MaxAge)
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
