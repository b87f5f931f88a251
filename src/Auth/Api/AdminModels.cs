using ShopSession.Auth.Accounts;
using ShopSession.Auth.Administration;
using ShopSession.Sessions;
using ShopSession.Web.Replicas.Presence;

namespace ShopSession.Auth.Api;

/// <summary>An account as administrators see it.</summary>
internal sealed record AdminUser(string Id, string Email, bool EmailVerified, string DisplayName, string? Role, bool TwoFactor, DateTimeOffset CreatedAt, DateTimeOffset? LockedAt)
{
    public static AdminUser Of(ShopUser user) => new(user.Id, user.Email!, user.EmailConfirmed, user.DisplayName, user.Role, user.TwoFactorEnabled, user.CreatedAt, user.SuspendedAt);
}

internal sealed record AdminUsers(IReadOnlyList<AdminUser> Items, int Total, int Page, int PageSize);

/// <summary>A session of an account; the id ends it and cannot be used as one.</summary>
internal sealed record AdminSession(string Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string UserAgent, string Address);

/// <summary>What an administrator did; the names are those that the accounts have today.</summary>
internal sealed record AdminAuditEntry(long Id, DateTimeOffset At, string Action, string ActorId, string Actor, string SubjectId, string Subject, string? Detail, string Address);

/// <summary>The sessions in use, and the replicas that serve them.</summary>
internal sealed record LiveSessionsResponse(IReadOnlyList<string> Strategies, long Logins, long Guests, IReadOnlyList<LiveReplica> Replicas)
{
    public static LiveSessionsResponse Of(LiveSessions live) => new(live.Strategies, live.Logins, live.Guests, [.. live.Replicas.Select(LiveReplica.Of)]);
}

/// <summary>A replica with its counts since it started.</summary>
internal sealed record LiveReplica(
    string Service,
    string Replica,
    DateTimeOffset StartedAt,
    string Strategy,
    long Requests,
    long Created,
    long SignedIn,
    long Rotated,
    long SignedOut,
    long Revoked,
    long Rejected,
    long NearHits,
    long NearMisses,
    int NearEntries,
    int? InMemory)
{
    public static LiveReplica Of(ReplicaReport report)
    {
        var of = report.Sessions;
        return new(
            report.Service, report.Replica, report.StartedAt, of.Strategy, of.Requests, of.Created, of.SignedIn, of.Rotated, of.SignedOut, of.Revoked, of.Rejected, of.NearHits, of.NearMisses, of.NearEntries,
            of.InMemory);
    }
}
