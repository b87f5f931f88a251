using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Administration;

/// <summary>Finds accounts and what was done to them.</summary>
internal sealed class UserSearch(AuthDbContext db)
{
    /// <summary>The most of a page.</summary>
    public const int Most = 50;

    /// <summary>The last page that can be asked for.</summary>
    public const int MostPages = 1000;

    /// <summary>Accounts whose address or name holds the text, without regard to case in the address, newest first; all when there is no text.</summary>
    /// <param name="text">What to look for, at most 254 characters.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">At most <see cref="Most"/>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<(IReadOnlyList<ShopUser> Users, int Total)> FindAsync(string? text, int page, int pageSize, CancellationToken cancellationToken)
    {
        var users = db.Users.AsNoTracking().Where(user => user.Email != null);
        if (text?.Trim() is { Length: > 0 and <= 254 } wanted)
        {
            var upper = wanted.ToUpperInvariant();
            users = users.Where(user => user.NormalizedEmail!.Contains(upper) || user.DisplayName.Contains(wanted));
        }

        var found = await users.OrderByDescending(user => user.CreatedAt).ThenBy(user => user.Id).Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancellationToken);
        return (found, await users.CountAsync(cancellationToken));
    }

    public Task<ShopUser?> GetAsync(string id, CancellationToken cancellationToken) =>
        db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id && user.Email != null, cancellationToken);

    /// <summary>The newest entries of the audit log, older than <paramref name="before"/>, about one account or all.</summary>
    public async Task<IReadOnlyList<AuditLine>> AuditAsync(string? subject, long? before, CancellationToken cancellationToken)
    {
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(entry => (subject == null || entry.SubjectId == subject) && (before == null || entry.Id < before))
            .OrderByDescending(entry => entry.Id).Take(Most).ToListAsync(cancellationToken);
        var ids = entries.SelectMany(entry => new[] { entry.ActorId, entry.SubjectId }).Distinct().ToList();
        var names = await db.Users.Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Email, cancellationToken);
        return [.. entries.Select(entry => new AuditLine(entry, NameOf(entry.ActorId), NameOf(entry.SubjectId)))];
        string NameOf(string id) => names.GetValueOrDefault(id) ?? $"deleted account {id[..Math.Min(8, id.Length)]}";
    }
}

/// <summary>An entry with the names that the accounts have today.</summary>
internal sealed record AuditLine(AuditEntry Entry, string Actor, string Subject);
