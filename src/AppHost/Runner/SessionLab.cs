using ShopSession.Hosting;

namespace ShopSession.AppHost;

/// <summary>The panel on which a person switches how sessions are kept and how requests are spread, while the shop runs. The words are those of docs/strategies.md and docs/gateway.md.</summary>
internal static class SessionLab
{
    private const string Strategy = "Session__Strategy";
    private const string Balancing = "Gateway__Balancing";

    private static readonly string[] Services = ["auth", "catalog", "cart"];
    private static readonly string[] Wandering = ["round-robin", "least-requests"];
    private static readonly string[] Sticky = ["ip-hash", "ip-hash-rendezvous", "session-hash", "session-hash-rendezvous"];

    public static void Describe(RunnerPanel panel, RunnerSetting domain) => panel
        .Choice(
            Strategy, "Strategy", "redis",
            [
                new("redis", "one store, replicas hold nothing"),
                new("database", "one SQLite or PostgreSQL"),
                new("replicated", "every replica holds every session"),
                new("client", "the browser holds it, sealed"),
                new("jwt", "signed tokens, no session data"),
                new("local", "each replica its own memory"),
            ],
            Services)
        .Choice(
            Balancing, "Balancing", "round-robin",
            [
                new("round-robin", "the next replica"),
                new("least-requests", "the least busy one"),
                new("ip-hash", "one for an address, modulo"),
                new("ip-hash-rendezvous", "one for an address"),
                new("session-hash", "one for a session, modulo"),
                new("session-hash-rendezvous", "one for a session"),
            ],
            [.. Services, "gateway"])
        .Permits("Session__Lab", "true", Services)
        .Caution(
            "Loses logins: a login is in the memory of the one replica that made it, and the next request goes to another. Other services never hear of it.",
            needsPermit: true, new(Strategy, ["local"]), new(Balancing, Wandering))
        .Caution(
            "Loses logins when a replica ends: each is in the memory of one replica. Other services never hear of it.",
            needsPermit: true, new(Strategy, ["local"]), new(Balancing, Sticky))
        .Caution("Other replicas learn of a change a moment later, and each holds all sessions.", needsPermit: false, new PanelCondition(Strategy, ["replicated"]))
        .Caution("A session cannot be ended before it expires, and overlapping requests lose changes.", needsPermit: true, new PanelCondition(Strategy, ["client"]))
        .Caution("A login cannot be ended before its token expires; guests have no cart.", needsPermit: true, new PanelCondition(Strategy, ["jwt"]))
        .Asks("gateway", "/api/session", "X-Shop-Replica", domain, Services);
}
