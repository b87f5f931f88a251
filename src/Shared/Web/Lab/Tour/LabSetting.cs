using ShopSession.Sessions.Stores;

namespace ShopSession.Web.Lab.Tour;

/// <summary>How sessions are kept and requests are spread.</summary>
internal sealed record LabSetting(string Strategy, string Balancing)
{
    // The letters by which the lab page's address names them.
    private static readonly (char Letter, string Name)[] Strategies =
    [
        ('r', SessionStrategies.Redis), ('d', SessionStrategies.Database), ('p', SessionStrategies.Replicated), ('c', SessionStrategies.Client), ('j', SessionStrategies.Jwt), ('l', SessionStrategies.Local),
    ];

    private static readonly (char Letter, string Name)[] Policies =
        [('r', "round-robin"), ('l', "least-requests"), ('i', "ip-hash"), ('I', "ip-hash-rendezvous"), ('s', "session-hash"), ('S', "session-hash-rendezvous")];

    private static readonly string[] Wandering = ["round-robin", "least-requests"];

    public bool IsLocal => Strategy == SessionStrategies.Local;

    /// <summary>Whether the sessions outlive every replica, with all that is in them.</summary>
    public bool IsCentral => Strategy is SessionStrategies.Redis or SessionStrategies.Database;

    /// <summary>Whether the next request of a client may go to another replica.</summary>
    public bool Wanders => Wandering.Contains(Balancing, StringComparer.Ordinal);

    public string Encode() => $"{Letter(Strategies, Strategy)}{Letter(Policies, Balancing)}";

    public static LabSetting? Decode(string letters) => Name(Strategies, letters[0]) is { } strategy && Name(Policies, letters[1]) is { } policy ? new(strategy, policy) : null;

    private static char Letter((char Letter, string Name)[] all, string name)
    {
        foreach (var pair in all)
        {
            if (pair.Name == name) return pair.Letter;
        }

        return all[0].Letter;
    }

    private static string? Name((char Letter, string Name)[] all, char letter)
    {
        foreach (var pair in all)
        {
            if (pair.Letter == letter) return pair.Name;
        }

        return null;
    }
}
