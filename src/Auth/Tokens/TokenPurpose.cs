namespace ShopSession.Auth.Tokens;

/// <summary>What a token sent by mail is good for. One for the one is never taken for the other.</summary>
internal enum TokenPurpose
{
    /// <summary>Setting a new password.</summary>
    ResetPassword = 1,

    /// <summary>Showing that the account's address is its owner's.</summary>
    ConfirmEmail = 2,

    /// <summary>Showing that a new address is the owner's, and making it the account's.</summary>
    ChangeEmail = 3,
}
