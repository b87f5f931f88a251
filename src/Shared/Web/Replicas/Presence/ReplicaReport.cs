using ShopSession.Sessions;

namespace ShopSession.Web.Replicas.Presence;

/// <summary>What a running replica tells of itself now and then. Carries nothing of any user. Immutable.</summary>
/// <param name="Service">The service's name, for example <c>cart</c>.</param>
/// <param name="Replica">The replica's name, for example <c>cart-2</c>.</param>
/// <param name="StartedAt">Since when the process runs, by its own clock.</param>
/// <param name="Sessions">Its counts.</param>
public sealed record ReplicaReport(string Service, string Replica, DateTimeOffset StartedAt, SessionStatistics Sessions);
