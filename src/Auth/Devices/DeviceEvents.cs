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
        SessionEventKind.SignedIn => T["Signed in"],
        SessionEventKind.SteppedUp => T["Confirmed who you are"],
        SessionEventKind.Rotated => T["Renewed"],
        SessionEventKind.SignedOut => T["Signed out"],
        SessionEventKind.Expired => T["Ended by itself, unused or too old; noticed"],
        _ => happened.By switch
        {
            { Kind: SessionActorKind.Administrator } by => T[$"Signed out by the shop’s administrator {by.Name}"].TrimEnd(),
            { Kind: SessionActorKind.PasswordChange } => T[$"Signed out because the password was changed{From(happened)}"],
            { Kind: SessionActorKind.Limit } => T[$"Signed out because of one sign-in too many{From(happened)}"],
            _ => T[$"Signed out by you{From(happened)}"],
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

    private static string From(SessionEvent happened) => happened.ByUserAgent is { } agent ? T[$" from {DeviceName.From(agent)}"] : "";
}
