namespace ShopSession.Auth.Limits;

/// <summary>The limits against guessing and flooding; bound from the section <c>Auth:Limits</c>. Counted in the store, over all replicas.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Auth:Limits";

    /// <summary>Wrong passwords for one account from one address within <see cref="AccountFromAddressWindow"/>. Keeps a stranger from locking the owner out.</summary>
    public int AccountFromAddress { get; set; } = 5;

    public TimeSpan AccountFromAddressWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Wrong passwords for one account from anywhere within <see cref="AccountWindow"/>. NIST SP 800-63B-4, 3.2.2 allows 100 in a row.</summary>
    public int Account { get; set; } = 20;

    public TimeSpan AccountWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Wrong passwords from one address, for whatever accounts, within <see cref="AddressWindow"/>.</summary>
    public int Address { get; set; } = 100;

    public TimeSpan AddressWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>New accounts from one address within <see cref="RegisterWindow"/>.</summary>
    public int Register { get; set; } = 30;

    public TimeSpan RegisterWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Mails to one address that somebody asked for within <see cref="MailToWindow"/>: nobody's mailbox is filled from here.</summary>
    public int MailTo { get; set; } = 5;

    public TimeSpan MailToWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Mails that were asked for from one address within <see cref="MailFromWindow"/>.</summary>
    public int MailFrom { get; set; } = 20;

    public TimeSpan MailFromWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Wrong codes of an authenticator or wrong recovery codes for one account within <see cref="TwoFactorWindow"/>.</summary>
    public int TwoFactor { get; set; } = 5;

    public TimeSpan TwoFactorWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The same within a day: five codes are right at any moment, so a handful every few minutes would find one within weeks.</summary>
    public int TwoFactorDay { get; set; } = 30;

    /// <summary>Challenges for signing in by passkey that went to one address within <see cref="PasskeyWindow"/>.</summary>
    public int Passkey { get; set; } = 100;

    public TimeSpan PasskeyWindow { get; set; } = TimeSpan.FromMinutes(10);

    public AttemptLimit SignInPerAccountAndAddress => new("sign-in-pair", AccountFromAddress, AccountFromAddressWindow, ClearedBySuccess: true);

    public AttemptLimit SignInPerAccount => new("sign-in-account", Account, AccountWindow, ClearedBySuccess: true);

    public AttemptLimit SignInPerAddress => new("sign-in-address", Address, AddressWindow, ClearedBySuccess: false);

    public AttemptLimit RegisterPerAddress => new("register", Register, RegisterWindow, ClearedBySuccess: false);

    public AttemptLimit MailPerRecipient => new("mail-to", MailTo, MailToWindow, ClearedBySuccess: false);

    public AttemptLimit MailPerAddress => new("mail-from", MailFrom, MailFromWindow, ClearedBySuccess: false);

    public AttemptLimit TwoFactorPerAccountAndDay => new("two-factor-day", TwoFactorDay, TimeSpan.FromDays(1), ClearedBySuccess: true);

    public AttemptLimit PasskeyPerAddress => new("passkey", Passkey, PasskeyWindow, ClearedBySuccess: false);

    public AttemptLimit TwoFactorPerAccount => new("two-factor", TwoFactor, TwoFactorWindow, ClearedBySuccess: true);
}
