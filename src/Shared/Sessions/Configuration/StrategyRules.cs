using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.Configuration;

/// <summary>Which settings go with which strategy. What would break a promise that the settings ask for stops the start; the lab may do it to show that it breaks.</summary>
internal static class StrategyRules
{
    public static IEnumerable<string> Problems(SharedSessionOptions options)
    {
        var allowed = string.Join(", ", SessionStrategies.All.Keys);
        if (!SessionStrategies.All.TryGetValue(options.Strategy, out var promises))
            return [$"Session:Strategy is '{options.Strategy}'; allowed: {allowed}. Without a reason for another take {SessionStrategies.Redis} (docs/strategies.md)."];
        return [.. Replication(options), .. options.Lab ? [] : BrokenPromises(options, promises)];
    }

    private static IEnumerable<string> Replication(SharedSessionOptions options)
    {
        var replication = options.Replication;
        if (options.Strategy != SessionStrategies.Replicated) yield break;
        foreach (var peer in replication.Peers)
        {
            if (!Uri.TryCreate(peer, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                yield return $"Session:Replication:Peers has '{peer}'; expected the http or https address of a replica, for example http://10.0.0.5:5001.";
        }

        if (replication.Peers.Count > 0 && replication.Key.Length < ReplicationOptions.MinKeyLength)
            yield return $"Session:Replication:Key has {replication.Key.Length} characters; peers need a shared random secret of at least {ReplicationOptions.MinKeyLength}, the same for every replica.";
        if (replication.QueueLength < 1) yield return $"Session:Replication:QueueLength is {replication.QueueLength}; use a positive number of changes.";
        if (replication.JoinTimeout < TimeSpan.Zero || replication.JoinTimeout > TimeSpan.FromMinutes(5)) yield return $"Session:Replication:JoinTimeout is {replication.JoinTimeout}; allowed: 0 to 5 minutes.";
    }

    private static IEnumerable<string> BrokenPromises(SharedSessionOptions options, SessionPromises promises)
    {
        const string InLab = "Session:Lab=true allows it, to see it fail.";
        if (options.Strategy == SessionStrategies.Local && options.Replicas > 1 && !options.IsBalancingSticky)
        {
            yield return $"Session:Strategy is 'local' with {options.Replicas} replicas (Shop:Replicas) and a balancing that does not stick (Gateway:Balancing): "
                + "a login would be lost as soon as a request reaches another replica. Use one replica, a balancing that sticks (ip-hash, session-hash), or Session:Strategy=redis. " + InLab;
        }

        if (options.MaxPerUser <= 0) yield break;
        if (promises.Limit == Promise.Broken)
        {
            yield return $"Session:MaxPerUser is {options.MaxPerUser}, but Session:Strategy '{options.Strategy}' cannot limit a user's sessions: no replica knows of all of them. "
                + $"Set Session:MaxPerUser=0, or one of the strategies that can: {Those(other => other.Limit == Promise.Kept)}. " + InLab;
        }
        else if (options.LimitPolicy == SessionLimitPolicy.Refuse && promises.LimitByRefusal != Promise.Kept)
        {
            yield return $"Session:LimitPolicy is Refuse, but with Session:Strategy '{options.Strategy}' two replicas may each admit the last one allowed. "
                + $"Set Session:LimitPolicy=NewestWins, or one of the strategies that can refuse: {Those(other => other.LimitByRefusal == Promise.Kept)}. " + InLab;
        }
    }

    private static string Those(Func<SessionPromises, bool> can) => string.Join(", ", SessionStrategies.All.Where(strategy => can(strategy.Value)).Select(strategy => strategy.Key));
}
