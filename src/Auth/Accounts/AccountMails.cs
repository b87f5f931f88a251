using ShopSession.Auth.Mail;
using ShopSession.Auth.TwoFactor;
using ShopSession.Web;

namespace ShopSession.Auth.Accounts;

/// <summary>
/// The mails about an account. Every link is made from the shop's settings, never from the request's Host. Names that people chose stay out: whoever registers
/// somebody else's address could write to them through the shop.
/// </summary>
internal sealed class AccountMails(ShopUrls urls)
{
    private const string Regards = "\n\nHoldfast, ship's chandlers to people on land\n";

    public OutgoingMail Confirm(string to, string token) => new(to, "Confirm your email address", $"""
        Someone registered this address for an account at Holdfast. If that was you, confirm it here:

        {urls.Auth($"/confirm-email?token={token}")}

        The link works for three days. If it was not you, do nothing: without it the address stays unconfirmed.
        """ + Regards);

    public OutgoingMail ResetPassword(string to, string token) => new(to, "A new password for your account", $"""
        Someone asked for a new password for your account at Holdfast. If that was you, choose it here:

        {urls.Auth($"/reset-password?token={token}")}

        The link works once, for one hour. If it was not you, do nothing: your password stays as it is.
        """ + Regards);

    public OutgoingMail PasswordChanged(string to) => new(to, "Your password was changed", $"""
        The password of your account at Holdfast was changed, and every other device was signed out.

        If that was not you, choose a new one now: {urls.Auth("/forgot-password")}
        """ + Regards);

    public OutgoingMail ChangeEmail(string to, string token) => new(to, "Confirm your new email address", $"""
        Someone wants to use this address for their account at Holdfast. If that was you, confirm it here:

        {urls.Auth($"/confirm-email?token={token}")}

        The link works for one hour. If it was not you, do nothing.
        """ + Regards);

    public OutgoingMail ChangeToTaken(string to) => new(to, "Your email address has an account already", $"""
        Someone signed in to another account at Holdfast wants to use this address. It has an account of its own, so nothing was changed.

        If that was you, sign in with this address: {urls.Auth("/login")}
        """ + Regards);

    public OutgoingMail EmailChanged(string to) => new(to, "Your account has a new email address", $"""
        Your account at Holdfast uses another email address from now on, and every device but the one where this was done was signed out. Mail about the account no longer comes here.

        If that was not you, write to the shop at once: {urls.Home()}
        """ + Regards);

    public OutgoingMail TwoFactorChanged(string to, bool on) => new(to, on ? "Two-factor sign-in is on" : "Two-factor sign-in is off", $"""
        Two-factor sign-in was turned {(on ? "on" : "off")} for your account at Holdfast.

        If that was not you, choose a new password now: {urls.Auth("/forgot-password")}
        """ + Regards);

    public OutgoingMail RecoveryCodesRenewed(string to) => new(to, "You have new recovery codes", $"""
        New recovery codes were made for your account at Holdfast. The old ones no longer work.

        If that was not you, choose a new password now: {urls.Auth("/forgot-password")}
        """ + Regards);

    public OutgoingMail RecoveryCodeUsed(string to, int left) => new(to, "A recovery code was used", $"""
        Someone signed in to your account at Holdfast with a recovery code. {left} of {RecoveryCode.PerAccount} are left; new ones are made here:

        {urls.Auth("/account/two-factor")}

        If that was not you, choose a new password now: {urls.Auth("/forgot-password")}
        """ + Regards);

    public OutgoingMail PasskeyAdded(string to) => new(to, "A passkey was added to your account", $"""
        A passkey was added to your account at Holdfast. Whoever has it signs in without your password.

        If that was not you, remove it at once: {urls.Auth("/account/passkeys")}
        Then choose a new password: {urls.Auth("/forgot-password")}
        """ + Regards);

    public OutgoingMail PasskeyRemoved(string to) => new(to, "A passkey was removed from your account", $"""
        A passkey of your account at Holdfast was removed. It signs nobody in any more.

        If that was not you, choose a new password now: {urls.Auth("/forgot-password")}
        """ + Regards);

    public OutgoingMail AccountDeleted(string to) => new(to, "Your account was deleted", $"""
        Your account at Holdfast was deleted, as someone signed in to it asked. Thank you for having been with us.

        If that was not you, write to the shop at once: {urls.Home()}
        """ + Regards);
}
