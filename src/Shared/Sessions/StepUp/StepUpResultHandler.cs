using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace ShopSession.Sessions.StepUp;

/// <summary>Turns "signed in too long ago" into a challenge to sign in again instead of a refusal.</summary>
internal sealed class StepUpResultHandler : IAuthorizationMiddlewareResultHandler
{
    /// <summary>The challenge's parameter that carries the requirement.</summary>
    public const string Parameter = "shopsession.stepup";

    private readonly AuthorizationMiddlewareResultHandler _inner = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var failed = authorizeResult.AuthorizationFailure?.FailedRequirements.ToArray() ?? [];
        if (!authorizeResult.Forbidden || failed is not [RecentSignInRequirement stale]) return _inner.HandleAsync(next, context, policy, authorizeResult);
        var properties = new AuthenticationProperties();
        properties.SetParameter(Parameter, stale);
        return context.ChallengeAsync(properties);
    }
}
