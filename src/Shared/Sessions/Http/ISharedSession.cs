using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace ShopSession.Sessions;

/// <summary>
/// The session of the current request, beyond what <c>HttpContext.Session</c> and <c>HttpContext.User</c> show. Found with
/// <see cref="SharedSessionExtensions.GetSharedSession"/>. Bound to its request: not safe for concurrent use.
/// </summary>
public interface ISharedSession
{
    /// <summary>Whether a live session exists. An anonymous visitor who stored nothing has none.</summary>
    bool Exists { get; }

    /// <summary>The session's public name; <see langword="null"/> when there is none.</summary>
    SessionHandle? Handle { get; }

    /// <summary>The first 8 hex digits of the stored (hashed) id; <see langword="null"/> when there is no session.</summary>
    string? Fingerprint { get; }

    /// <summary>When the session began; kept through rotation of the id.</summary>
    DateTimeOffset? CreatedAt { get; }

    /// <summary>When the user last proved who they are (sign-in or step-up); <see langword="null"/> without a login.</summary>
    DateTimeOffset? AuthenticatedAt { get; }

    /// <summary>When the session was last used, exact to the sliding interval.</summary>
    DateTimeOffset? LastSeenAt { get; }

    /// <summary>When the session ends if it is not used: the earlier of idle and absolute end.</summary>
    DateTimeOffset? ExpiresAt { get; }

    /// <summary>The name of the store in force, for example <c>redis</c>.</summary>
    string Strategy { get; }

    /// <summary>Adds to a counter of the session atomically over all replicas and returns the new value. Starts a session if there is none.</summary>
    /// <exception cref="SessionStoreUnavailableException">The store could not be reached; the counter may or may not have changed.</exception>
    ValueTask<long> IncrementAsync(string counter, long by = 1, CancellationToken cancellationToken = default);

    /// <summary>
    /// Signs the user in for an API client: a new session is made, and its token returned instead of a cookie being set. The token is
    /// sent as <c>Authorization: Bearer</c>.
    /// </summary>
    ValueTask<string> SignInForTokenAsync(ClaimsPrincipal principal, AuthenticationProperties? properties = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives the session a new id (after a password change or step-up). The old id is refused, except that it reads, never writes,
    /// for <see cref="SharedSessionOptions.RotationGrace"/>.
    /// </summary>
    ValueTask RotateAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends every other session of the signed-in user at once and rotates this one; for after a change of the password.</summary>
    ValueTask EndOthersAsync(CancellationToken cancellationToken = default);

    /// <summary>As <see cref="EndOthersAsync(CancellationToken)"/>, and says why: kept in the timelines of the ended sessions.</summary>
    ValueTask EndOthersAsync(SessionActorKind reason, CancellationToken cancellationToken = default);
}
