namespace ShopSession.Lab.Bench.Jobs;

/// <summary>What a job measures.</summary>
internal enum JobKind
{
    /// <summary>A way under a balancing policy, as visitors see it.</summary>
    Cell,

    /// <summary>A way whatever the policy: stale reads, refusal, traffic, memory, load.</summary>
    Figures,

    /// <summary>The cost of a write over 1, 2, 4, 8 replicas.</summary>
    Growth,

    /// <summary>How long a copy goes on after the sign-out, where the client carries the session.</summary>
    Life,

    /// <summary>Token, widened domain, one login at a time.</summary>
    Logins,

    /// <summary>The id in every address.</summary>
    Url,
}
