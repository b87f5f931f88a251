using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Tokens;

/// <summary>
/// Tokens that go out by mail: 256 random bits, kept as a hash, good for one purpose, one account and one use. A newer one for the same purpose ends the older.
/// </summary>
internal sealed class AccountTokens(AuthDbContext db, TimeProvider time)
{
    /// <summary>Makes a token. The caller saves, in one transaction with what the token is for.</summary>
    public async Task<string> IssueAsync(string userId, TokenPurpose purpose, string email, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await db.AccountTokens.Where(row => (row.UserId == userId && row.Purpose == purpose) || row.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        return Issue(userId, purpose, email, lifetime);
    }

    /// <summary>Makes a token for an account that is only just being made.</summary>
    public string Issue(string userId, TokenPurpose purpose, string email, TimeSpan lifetime)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        db.AccountTokens.Add(new AccountToken { Hash = HashOf(token), UserId = userId, Purpose = purpose, Email = email, ExpiresAt = time.GetUtcNow() + lifetime });
        return token;
    }

    /// <summary>What a token is for; <see langword="null"/> when it is unknown, used, replaced, too old, or for something else.</summary>
    public Task<AccountToken?> FindAsync(string? token, CancellationToken cancellationToken, params TokenPurpose[] purposes)
    {
        if (token is not { Length: 43 }) return Task.FromResult<AccountToken?>(null);
        var hash = HashOf(token);
        var now = time.GetUtcNow();
        return db.AccountTokens.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash && row.ExpiresAt > now && purposes.Contains(row.Purpose), cancellationToken);
    }

    /// <summary>Uses the token up, in the transaction of what it is used for. <see langword="false"/>: somebody was faster.</summary>
    public async Task<bool> UseAsync(AccountToken token, CancellationToken cancellationToken) =>
        await db.AccountTokens.Where(row => row.Hash == token.Hash).ExecuteDeleteAsync(cancellationToken) == 1;

    private static string HashOf(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}
