namespace ShopSession.Auth.Passkeys;

/// <summary>The account has as many passkeys as it may.</summary>
internal sealed class TooManyPasskeysException() : Exception($"An account has at most {Passkey.Most} passkeys.");
