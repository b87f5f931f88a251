namespace ShopSession.Auth.Api;

internal sealed record RegisterRequest(string? Email, string? Password, string? DisplayName);

internal sealed record LoginRequest(string? Email, string? Password, bool RememberMe = false, string? Transport = null);

internal sealed record PasswordRequest(string? Current, string? New);

internal sealed record EmailRequest(string? Email);

internal sealed record TokenRequest(string? Token);

internal sealed record ResetRequest(string? Token, string? New);

internal sealed record RegisteredAccount(string Id, string Email, string DisplayName);

internal sealed record TokenResponse(string Token);

internal sealed record LoginResponse(string UserId, string UserName);

/// <summary>An account as the shop's other services see it.</summary>
internal sealed record InternalUser(string Id, string Email, bool EmailVerified, string DisplayName);

/// <summary>One signed-in session as a device list shows it.</summary>
internal sealed record DeviceResponse(string Id, bool Current, string Name, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string UserAgent, string Address);
