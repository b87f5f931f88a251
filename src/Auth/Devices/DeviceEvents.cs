using ShopSession.Auth.Api;
using ShopSession.Sessions;

namespace ShopSession.Auth.Devices;

/// <summary>What happened to a user's sessions, in words and as JSON.</summary>
internal static class DeviceEvents
{
    /// <summary>How many ended sessions the page shows.</summary>
    public const int MostEnded = 10;

    public static string InWords(SessionEvent happened) => happened.Kind switch
    {
        SessionEventKind.SignedIn => "Signed in",
        SessionEventKind.SteppedUp => "Confirmed who you are",
        SessionEventKind.Rotated => "Renewed",
        SessionEventKind.SignedOut => "Signed out",
        SessionEventKind.Expired => "Ended by itself, unused or too old; noticed",
        _ => happened.By switch
        {
            { Kind: SessionActorKind.Administrator } by => $"Signed out by the shop’s administrator {by.Name}".TrimEnd(),
            { Kind: SessionActorKind.PasswordChange } => $"Signed out because the password was changed{From(happened)}",
            { Kind: SessionActorKind.Limit } => $"Signed out because of one sign-in too many{From(happened)}",
            _ => $"Signed out by you{From(happened)}",
        },
    };

    public static DeviceEventResponse ToResponse(SessionEvent happened) => new(
        happened.At,
        happened.Kind switch
        {
            SessionEventKind.SignedIn => "signed-in",
            SessionEventKind.SteppedUp => "stepped-up",
            SessionEventKind.Rotated => "renewed",
            SessionEventKind.SignedOut => "signed-out",
            SessionEventKind.Expired => "expired",
            _ => "revoked",
        },
        happened.By?.Kind switch
        {
            null => null,
            SessionActorKind.Administrator => "administrator",
            SessionActorKind.PasswordChange => "password-change",
            SessionActorKind.Limit => "limit",
            _ => "user",
        },
        happened.By is { Name.Length: > 0 } by ? by.Name : null,
        happened.ByUserAgent is { } agent ? DeviceName.From(agent) : null,
        InWords(happened));

    private static string From(SessionEvent happened) => happened.ByUserAgent is { } agent ? $" from {DeviceName.From(agent)}" : "";
}
