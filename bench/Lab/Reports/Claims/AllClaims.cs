using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports.Claims;

/// <summary>Holds what is claimed of each way to the figures. A claim whose figures are not there yet is left out; none is decided by hand.</summary>
internal static class AllClaims
{
    /// <summary>The numbers and titles of docs/strategies.md, in its order.</summary>
    public static IReadOnlyList<(string Row, string Title)> Rows { get; } =
    [
        ("0", "local, requests to any replica"),
        ("1", "replicated"),
        ("2", "client"),
        ("3", "local, by client address"),
        ("4", "local, by session"),
        ("5", "redis"),
        ("5b", "redis on Redis Cluster"),
        ("5c", "database"),
        ("6", "token"),
        ("6b", "jwt"),
        ("7", "the id in the address"),
        ("8", "widened domain"),
        ("9", "one login at a time"),
    ];

    public static IReadOnlyList<Claim> Of(LabResults results)
    {
        Claim[] all = [.. CellClaims.Of(results), .. WayClaims.Of(results), .. CentralClaims.Of(results), .. ReplicatedClaims.Of(results), .. CarriedClaims.Of(results), .. LoginClaims.Of(results), .. UrlClaims.Of(results)];
        return [.. Rows.SelectMany(row => all.Where(claim => claim.Row == row.Row))];
    }

    /// <summary>The row of a way under a policy.</summary>
    public static string RowOf(string way, string policy = "round-robin") => way switch
    {
        "local" when policy.StartsWith("ip-hash", StringComparison.Ordinal) => "3",
        "local" when policy.StartsWith("session-hash", StringComparison.Ordinal) => "4",
        "local" => "0",
        "replicated" => "1",
        "client" => "2",
        "redis-cluster" => "5b",
        "jwt" => "6b",
        _ when way.StartsWith("database", StringComparison.Ordinal) => "5c",
        _ => "5",
    };
}
