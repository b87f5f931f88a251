namespace ShopSession.Auth.Api;

internal sealed record RegisterRequest(string? Email, string? Password, string? DisplayName);

internal sealed record LoginRequest(string? Email, string? Password, bool RememberMe = false, string? Transport = null, string? Code = null, string? RecoveryCode = null);

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

/// <summary>One entry of a session's timeline.</summary>
/// <param name="At">When; whole seconds.</param>
/// <param name="Kind"><c>signed-in</c>, <c>stepped-up</c>, <c>renewed</c>, <c>signed-out</c>, <c>revoked</c> or <c>expired</c>.</param>
/// <param name="By">Of a revoked one: <c>user</c>, <c>password-change</c>, <c>limit</c> or <c>administrator</c>.</param>
/// <param name="Actor">The administrator.</param>
/// <param name="Device">The device from which it was revoked, where that is known.</param>
/// <param name="Text">The same in words.</param>
internal sealed record DeviceEventResponse(DateTimeOffset At, string Kind, string? By, string? Actor, string? Device, string Text);
