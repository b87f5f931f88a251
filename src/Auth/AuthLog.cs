namespace ShopSession.Auth;

/// <summary>What auth writes down. Account ids, never addresses, passwords or session ids.</summary>
internal static partial class AuthLog
{
    [LoggerMessage(4001, LogLevel.Information, "Account {UserId} was created")]
    public static partial void AccountCreated(ILogger logger, string userId);

    [LoggerMessage(4002, LogLevel.Information, "Account {UserId} signed in ({Transport})")]
    public static partial void SignedIn(ILogger logger, string userId, string transport);

    [LoggerMessage(4003, LogLevel.Information, "A password for account {UserId} was refused (locked: {Locked})")]
    public static partial void PasswordRefused(ILogger logger, string userId, bool locked);

    [LoggerMessage(4004, LogLevel.Information, "The password hash of account {UserId} was renewed with today's iterations")]
    public static partial void PasswordHashRenewed(ILogger logger, string userId);

    [LoggerMessage(4005, LogLevel.Information, "Account {UserId} changed its password; its other sessions were ended")]
    public static partial void PasswordChanged(ILogger logger, string userId);

    [LoggerMessage(4006, LogLevel.Information, "Account {UserId} signed out everywhere: {Count} sessions ended")]
    public static partial void SignedOutEverywhere(ILogger logger, string userId, int count);

    [LoggerMessage(4007, LogLevel.Information, "Account {UserId} ended the session {Session}")]
    public static partial void SessionRevoked(ILogger logger, string userId, string session);

    [LoggerMessage(4008, LogLevel.Information, "The demo account {UserId} was created")]
    public static partial void DemoAccountCreated(ILogger logger, string userId);

    [LoggerMessage(4009, LogLevel.Error, "Account {UserId} changed its password, but its other sessions could not be ended")]
    public static partial void OthersNotEnded(ILogger logger, string userId, Exception error);

    [LoggerMessage(4010, LogLevel.Information, "A link for a new password was asked for (account: {Known})")]
    public static partial void ResetRequested(ILogger logger, bool known);

    [LoggerMessage(4011, LogLevel.Information, "Account {UserId} has a new password by mail; all its sessions were ended")]
    public static partial void PasswordReset(ILogger logger, string userId);

    [LoggerMessage(4012, LogLevel.Information, "Account {UserId} showed that its address is its owner's")]
    public static partial void EmailConfirmed(ILogger logger, string userId);

    [LoggerMessage(4013, LogLevel.Information, "Account {UserId} has a new address")]
    public static partial void EmailChanged(ILogger logger, string userId);

    [LoggerMessage(4014, LogLevel.Information, "Account {UserId} turned two-factor sign-in on or off (on: {On})")]
    public static partial void TwoFactorChanged(ILogger logger, string userId, bool on);

    [LoggerMessage(4015, LogLevel.Information, "Account {UserId} was deleted by its owner")]
    public static partial void AccountDeleted(ILogger logger, string userId);

    [LoggerMessage(4016, LogLevel.Warning, "Account {UserId} is deleted, but its sessions or its cart are not yet; it is tried again")]
    public static partial void ErasureFailed(ILogger logger, string userId, Exception error);

    [LoggerMessage(4030, LogLevel.Information, "Account {UserId} has a new passkey")]
    public static partial void PasskeyAdded(ILogger logger, string userId);

    [LoggerMessage(4031, LogLevel.Information, "Account {UserId} removed a passkey")]
    public static partial void PasskeyRemoved(ILogger logger, string userId);

    [LoggerMessage(4032, LogLevel.Information, "A passkey was refused: {Reason}")]
    public static partial void PasskeyRefused(ILogger logger, string reason);

    [LoggerMessage(4017, LogLevel.Error, "The deleted accounts that others have to hear of could not be read")]
    public static partial void ErasuresFailed(ILogger logger, Exception error);
}
