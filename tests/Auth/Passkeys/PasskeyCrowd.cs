using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Passkeys;
using ShopSession.Data;

namespace ShopSession.Auth.Tests.Passkeys;

/// <summary>Many who add a passkey to one account in the same moment, each on a connection of its own as on a replica of its own.</summary>
internal static class PasskeyCrowd
{
    public static async Task<(int Added, int Refused)> AddAtOnceAsync(ShopDatabase database, string userId, int count)
    {
        var options = new DbContextOptionsBuilder<AuthDbContext>();
        options.UseShopDatabase(database);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var adding = Enumerable.Range(0, count).Select(async _ =>
        {
            await using var db = new AuthDbContext(options.Options);
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await gate.Task;
            try
            {
                return await new PasskeyStore(db).TryAddAsync(NewPasskey(userId), TestContext.Current.CancellationToken);
            }
            catch (TooManyPasskeysException)
            {
                return false;
            }
        }).ToList();
        gate.SetResult();
        var added = (await Task.WhenAll(adding)).Count(done => done);
        return (added, count - added);
    }

    private static Passkey NewPasskey(string userId) => new()
    {
        Id = Guid.NewGuid(),
        UserId = userId,
        CredentialId = RandomNumberGenerator.GetBytes(32),
        PublicKey = RandomNumberGenerator.GetBytes(77),
        Name = "Key",
        CreatedAt = DateTimeOffset.UtcNow,
        Transports = "internal",
    };
}
