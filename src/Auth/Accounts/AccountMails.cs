using ShopSession.Auth.Mail;
using ShopSession.Auth.TwoFactor;
using ShopSession.Web;

namespace ShopSession.Auth.Accounts;

/// <summary>
/// The mails about an account, in the language of the request that they come from. Every link is made from the shop's settings, never from the request's Host. Names that
/// people chose stay out: whoever registers somebody else's address could write to them through the shop.
/// </summary>
internal sealed class AccountMails(ShopUrls urls)
{
    public OutgoingMail Confirm(string to, string token) => Mail(
        to,
        T["Confirm your email address"],
        T["Someone registered this address for an account at Holdfast. If that was you, confirm it here:"],
        urls.Auth($"/confirm-email?token={token}"),
        T["The link works for three days. If it was not you, do nothing: without it the address stays unconfirmed."]);

    public OutgoingMail ResetPassword(string to, string token) => Mail(
        to,
        T["A new password for your account"],
        T["Someone asked for a new password for your account at Holdfast. If that was you, choose it here:"],
        urls.Auth($"/reset-password?token={token}"),
        T["The link works once, for one hour. If it was not you, do nothing: your password stays as it is."]);

    public OutgoingMail PasswordChanged(string to) => Mail(
        to,
        T["Your password was changed"],
        T["The password of your account at Holdfast was changed, and every other device was signed out."],
        T[$"If that was not you, choose a new one now: {urls.Auth("/forgot-password")}"]);

    public OutgoingMail ChangeEmail(string to, string token) => Mail(
        to,
        T["Confirm your new email address"],
        T["Someone wants to use this address for their account at Holdfast. If that was you, confirm it here:"],
        urls.Auth($"/confirm-email?token={token}"),
        T["The link works for one hour. If it was not you, do nothing."]);

    public OutgoingMail ChangeToTaken(string to) => Mail(
        to,
        T["Your email address has an account already"],
        T["Someone signed in to another account at Holdfast wants to use this address. It has an account of its own, so nothing was changed."],
        T[$"If that was you, sign in with this address: {urls.Auth("/login")}"]);

    public OutgoingMail EmailChanged(string to) => Mail(
        to,
        T["Your account has a new email address"],
        T["Your account at Holdfast uses another email address from now on, and every device but the one where this was done was signed out. Mail about the account no longer comes here."],
        WriteToUs());

    public OutgoingMail TwoFactorChanged(string to, bool on) => Mail(
        to,
        on ? T["Two-factor sign-in is on"] : T["Two-factor sign-in is off"],
        on ? T["Two-factor sign-in was turned on for your account at Holdfast."] : T["Two-factor sign-in was turned off for your account at Holdfast."],
        ChoosePassword());

    public OutgoingMail RecoveryCodesRenewed(string to) => Mail(
        to,
        T["You have new recovery codes"],
        T["New recovery codes were made for your account at Holdfast. The old ones no longer work."],
        ChoosePassword());

    public OutgoingMail RecoveryCodeUsed(string to, int left) => Mail(
        to,
        T["A recovery code was used"],
        T[$"Someone signed in to your account at Holdfast with a recovery code. {left} of {RecoveryCode.PerAccount} are left; new ones are made here:"],
        urls.Auth("/account/two-factor"),
        ChoosePassword());

    public OutgoingMail AccountDeleted(string to) => Mail(
        to,
        T["Your account was deleted"],
        T["Your account at Holdfast was deleted, as someone signed in to it asked. Thank you for having been with us."],
        WriteToUs());

    public OutgoingMail PasskeyAdded(string to) => Mail(
        to,
        T["A passkey was added to your account"],
        T["A passkey was added to your account at Holdfast. Whoever has it signs in without your password."],
        T[$"If that was not you, remove it at once: {urls.Auth("/account/passkeys")}"] + "\n" + T[$"Then choose a new password: {urls.Auth("/forgot-password")}"]);

    public OutgoingMail PasskeyRemoved(string to) => Mail(
        to,
        T["A passkey was removed from your account"],
        T["A passkey of your account at Holdfast was removed. It signs nobody in any more."],
        ChoosePassword());

    private string ChoosePassword() => T[$"If that was not you, choose a new password now: {urls.Auth("/forgot-password")}"];

    private string WriteToUs() => T[$"If that was not you, write to the shop at once: {urls.Home()}"];

    private static OutgoingMail Mail(string to, string subject, params IEnumerable<string> paragraphs) =>
        new(to, subject, string.Join("\n\n", paragraphs.Append(T["Holdfast, ship's chandlers to people on land"])) + "\n");
}
