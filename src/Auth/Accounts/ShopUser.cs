using Microsoft.AspNetCore.Identity;

namespace ShopSession.Auth.Accounts;

/// <summary>An account. Signed in to with the email address, which is also Identity's user name.</summary>
internal sealed class ShopUser : IdentityUser
{
    /// <summary>What the shop calls the user.</summary>
    public required string DisplayName { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>What the user may do beyond shopping (<see cref="ShopRoles"/>); <see langword="null"/>: nothing.</summary>
    public string? Role { get; set; }

    /// <summary>When an administrator locked the account; <see langword="null"/>: it is not. Wrong passwords lock by <see cref="IdentityUser{TKey}.LockoutEnd"/>, for a while.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }
}
