using ShopSession.Auth.Accounts;
using ShopSession.Auth.Addresses;
using ShopSession.Auth.Administration;
using ShopSession.Auth.Limits;
using ShopSession.Auth.Mail;
using ShopSession.Auth.Passkeys;
using ShopSession.Auth.Passwords;
using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>The problems that only auth answers with.</summary>
internal static class AuthProblems
{
    /// <summary>The same for a wrong password, an unknown address and a locked account.</summary>
    public static ShopProblem SignInFailed => new(
        "sign-in-failed", 401, T["Email and password do not match"], T["Check both and try again. After too many wrong passwords an account is locked for a while."]);

    public static ShopProblem OthersNotEnded => new(
        "other-sessions-remain", 503, T["The password is changed, but other devices are still signed in"], T["The new password counts from now on. Open Devices and sign out everywhere."])
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static ShopProblem Busy => ShopProblems.ServiceUnavailable with { Detail = T["Very many people are signing in just now. Please try again shortly."] };

    public static ShopProblem EmailTaken(FieldErrors errors) => new(
        "email-taken", 409, T["This address has an account already"], T["Sign in with it, or register with another address."])
    {
        Errors = errors.All,
    };

    /// <summary>The password is right; the account has a second factor.</summary>
    public static ShopProblem TwoFactorRequired => new(
        "two-factor-required", 401, T["A code is needed too"], T["Send the sign-in again with \"code\" (six digits of the authenticator) or \"recoveryCode\"."]);

    /// <summary>The password is right, the code is not.</summary>
    public static ShopProblem TwoFactorFailed => new(
        "two-factor-failed", 401, T["This code is not right"], T["It is not what the authenticator shows now, or it was used. Each code works once."]);

    public static ShopProblem TwoFactorIsOn => new("two-factor-on", 409, T["Two-factor sign-in is on"], T["Turn it off before another authenticator is set up."]);

    public static ShopProblem EmailUnconfirmed => new("email-unconfirmed", 409, T["The address is not confirmed"], T["Confirm the account's address first: it is the way back when all else is lost."]);

    /// <summary>The same for a link that was used, replaced, mistyped or is too old.</summary>
    public static ShopProblem LinkInvalid => new(
        "link-invalid", 400, T["This link does not work any more"], T["It was used already, a newer one was sent, or it is too old. Ask for a new one."]);

    public static ShopProblem MailUnavailable => new("mail-unavailable", 503, T["The shop cannot send mail"], T["Mail is not set up here. Write to the shop instead."]);

    /// <summary>The same whatever is wrong with it: too late, another's, removed, locked.</summary>
    public static ShopProblem PasskeyFailed => new("passkey-failed", 401, T["This passkey did not sign you in"], T["Try once more, or sign in with your password. A passkey that was removed from the account no longer works."]);

    public static ShopProblem PasskeyRefused => new("passkey-refused", 400, T["The passkey was not added"], T["It took too long, or the device's answer was not as expected. Try once more."]);

    public static ShopProblem TooManyPasskeys => new("too-many-passkeys", 409, T["No more passkeys can be added"], T[$"An account has at most {Passkey.Most}. Remove one, then add another."]);

    public static ShopProblem AddressBookFull => new(
        "too-many-addresses", 409, T["No more addresses can be kept"], T[$"An account keeps at most {AddressBook.Most} addresses. Remove one, then add another."]);

    /// <summary>Why an administrator's action was not done.</summary>
    public static ShopProblem Of(AdministrationResult result) => result switch
    {
        AdministrationResult.Gone => ShopProblems.NotFound,
        AdministrationResult.LastAdministrator => new ShopProblem("last-administrator", 409, T["This is the last administrator"], T["Make somebody else an administrator first."]),
        AdministrationResult.Refused => new ShopProblem("not-allowed", 403, T["That cannot be done"], T["An administrator's address must be confirmed and the account unlocked, and you must be an administrator yourself."]),
        _ => ShopProblems.Conflict,
    };

    /// <summary>The problem that an exception of the rooms below is told as; <see langword="null"/> for others.</summary>
    public static ShopProblem? Of(Exception exception) => exception switch
    {
        TooManyAttemptsException full => ShopProblems.TooManyRequests with { Detail = T[$"Wait {Waiting.InWords(full.RetryAfter)}, then try again."], RetryAfter = full.RetryAfter },
        PasswordWorkBusyException => Busy,
        MailUnavailableException => MailUnavailable,
        AddressBookFullException => AddressBookFull,
        TooManyPasskeysException => TooManyPasskeys,
        _ => null,
    };
}
