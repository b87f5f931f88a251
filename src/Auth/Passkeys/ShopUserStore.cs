using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Passkeys;

/// <summary>
/// Identity's store of accounts, with the passkeys in a table of plain columns. Identity reads through it while it judges an answer; writing is
/// <see cref="PasskeyStore"/>'s, <see cref="PasskeySignIn"/>'s and <see cref="PasskeyList"/>'s, in statements of their own, because Identity would write
/// the whole account along.
/// </summary>
internal sealed class ShopUserStore(AuthDbContext db, IdentityErrorDescriber describer) : UserOnlyStore<ShopUser, AuthDbContext>(db, describer), IUserPasskeyStore<ShopUser>
{
    private const string WrittenElsewhere = "Passkeys are not written through Identity's store: use PasskeyStore, PasskeySignIn or PasskeyList.";

    Task IUserPasskeyStore<ShopUser>.AddOrUpdatePasskeyAsync(ShopUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException(WrittenElsewhere);

    Task IUserPasskeyStore<ShopUser>.RemovePasskeyAsync(ShopUser user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException(WrittenElsewhere);

    async Task<IList<UserPasskeyInfo>> IUserPasskeyStore<ShopUser>.GetPasskeysAsync(ShopUser user, CancellationToken cancellationToken)
    {
        var rows = await Context.Passkeys.AsNoTracking().Where(row => row.UserId == user.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(ToInfo)];
    }

    async Task<ShopUser?> IUserPasskeyStore<ShopUser>.FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await Context.Passkeys.Where(row => row.CredentialId == credentialId).Join(Context.Users, row => row.UserId, user => user.Id, (_, user) => user).AsNoTracking().SingleOrDefaultAsync(cancellationToken);

    async Task<UserPasskeyInfo?> IUserPasskeyStore<ShopUser>.FindPasskeyAsync(ShopUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        await Context.Passkeys.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == user.Id && row.CredentialId == credentialId, cancellationToken) is { } row ? ToInfo(row) : null;

    // What the authenticator said of itself when the passkey was made is not kept: the shop trusts any kind.
    private static UserPasskeyInfo ToInfo(Passkey row) => new(
        row.CredentialId, row.PublicKey, row.CreatedAt, (uint)row.SignCount, row.Transports.Split(',', StringSplitOptions.RemoveEmptyEntries),
        isUserVerified: true, row.BackupEligible, row.BackedUp, attestationObject: [], clientDataJson: [])
    {
        Name = row.Name,
    };
}
