using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Addresses;
using ShopSession.Auth.Passkeys;
using ShopSession.Sessions;
using ShopSession.Web.Addresses;

namespace ShopSession.Auth.Erasure;

/// <summary>Collects what the shop holds about a user: the account and its sessions here, orders and cart from the cart.</summary>
internal sealed class AccountExport(ISessionDirectory sessions, AddressBook addresses, PasskeyList passkeys, IHttpClientFactory clients, TimeProvider time)
{
    /// <exception cref="HttpRequestException">The cart does not answer: half of the data would look like all of it.</exception>
    public async Task<UserData> CollectAsync(ShopUser user, CancellationToken cancellationToken)
    {
        var devices = await sessions.ListAsync(new UserId(user.Id), cancellationToken);
        var shopping = await clients.CreateClient("cart").GetFromJsonAsync<JsonObject>(new Uri($"/internal/users/{user.Id}/export", UriKind.Relative), cancellationToken);
        var book = await addresses.ListAsync(user.Id, cancellationToken);
        var keys = await passkeys.ReadAsync(user.Id, cancellationToken);
        return new UserData(
            time.GetUtcNow(),
            new AccountData(user.Id, user.Email!, user.EmailConfirmed, user.DisplayName, user.CreatedAt, user.Role, user.TwoFactorEnabled),
            [.. book.Select(address => address.ToAddress())],
            [.. keys.Select(key => new PasskeyData(key.Name, key.CreatedAt, key.LastUsedAt))],
            [.. devices.Select(device => new SessionData(device.CreatedAt, device.LastSeenAt, device.UserAgent, device.Address))],
            shopping?["orders"]?.DeepClone(),
            shopping?["cart"]?.DeepClone());
    }
}

internal sealed record UserData(DateTimeOffset ExportedAt, AccountData Account, IReadOnlyList<PostalAddress> Addresses, IReadOnlyList<PasskeyData> Passkeys, IReadOnlyList<SessionData> Sessions, JsonNode? Orders, JsonNode? Cart);

internal sealed record AccountData(string Id, string Email, bool EmailVerified, string DisplayName, DateTimeOffset CreatedAt, string? Role, bool TwoFactor);

internal sealed record PasskeyData(string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

internal sealed record SessionData(DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string UserAgent, string Address);
