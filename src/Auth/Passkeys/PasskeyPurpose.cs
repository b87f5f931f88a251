namespace ShopSession.Auth.Passkeys;

/// <summary>What a challenge is for. An answer to one kind is none to the other.</summary>
internal enum PasskeyPurpose
{
    Register = 1,
    SignIn = 2,
}
