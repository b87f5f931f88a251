using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Web.Addresses;

namespace ShopSession.Auth.Addresses;

/// <summary>The addresses of an account. Another account's are as if they were not there.</summary>
internal sealed class AddressBook(AuthDbContext db, TimeProvider time)
{
    /// <summary>How many an account keeps at most.</summary>
    public const int Most = 20;

    /// <summary>All of an account, the default first, then as they were added.</summary>
    public async Task<IReadOnlyList<SavedAddress>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        var rows = await db.Addresses.AsNoTracking().Where(row => row.UserId == userId).ToListAsync(cancellationToken);
        return [.. rows.OrderByDescending(row => row.PreferredAt ?? DateTimeOffset.MinValue).ThenBy(row => row.CreatedAt).ThenBy(row => row.Slot)];
    }

    /// <summary>One of them; <see langword="null"/>: the account has none of that id.</summary>
    public Task<SavedAddress?> FindAsync(string userId, Guid id, CancellationToken cancellationToken) =>
        db.Addresses.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.UserId == userId, cancellationToken);

    /// <summary>Adds an address and returns its id; one that is there already is not added again.</summary>
    /// <exception cref="AddressBookFullException">There are <see cref="Most"/> already.</exception>
    public async Task<Guid> AddAsync(string userId, PostalAddress address, bool asDefault, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var rows = await ListAsync(userId, cancellationToken);
            if (rows.FirstOrDefault(row => row.ToAddress() == address) is { } known)
            {
                if (asDefault) await PreferAsync(userId, known.Id, cancellationToken);
                return known.Id;
            }

            if (rows.Count >= Most) throw new AddressBookFullException();
            var added = Make(userId, address, Enumerable.Range(0, Most).First(slot => rows.All(row => row.Slot != slot)), asDefault);
            db.Addresses.Add(added);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return added.Id;
            }
            catch (DbUpdateException) when (attempt <= Most)
            {
                // Somebody took the slot in the same moment: one more look. Each round lets one in, so so many rounds are enough.
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Writes an address anew. <see langword="false"/>: the account has none of that id.</summary>
    public async Task<bool> ChangeAsync(string userId, Guid id, PostalAddress address, bool asDefault, CancellationToken cancellationToken)
    {
        var changed = await db.Addresses.Where(row => row.Id == id && row.UserId == userId).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Name, address.Name)
            .SetProperty(row => row.Line1, address.Line1)
            .SetProperty(row => row.Line2, address.Line2)
            .SetProperty(row => row.City, address.City)
            .SetProperty(row => row.PostalCode, address.PostalCode)
            .SetProperty(row => row.Country, address.Country), cancellationToken);
        if (changed == 1 && asDefault) await PreferAsync(userId, id, cancellationToken);
        return changed == 1;
    }

    /// <summary>Makes it the default. <see langword="false"/>: the account has none of that id.</summary>
    public async Task<bool> PreferAsync(string userId, Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await db.Addresses.Where(row => row.Id == id && row.UserId == userId).ExecuteUpdateAsync(set => set.SetProperty(row => row.PreferredAt, now), cancellationToken) == 1;
    }

    /// <summary>Removes it; the one that was the default before it is so again. <see langword="false"/>: the account has none of that id.</summary>
    public async Task<bool> RemoveAsync(string userId, Guid id, CancellationToken cancellationToken) =>
        await db.Addresses.Where(row => row.Id == id && row.UserId == userId).ExecuteDeleteAsync(cancellationToken) == 1;

    private SavedAddress Make(string userId, PostalAddress address, int slot, bool asDefault)
    {
        var now = time.GetUtcNow();
        return new SavedAddress
        {
            Id = Guid.NewGuid(),
            UserId = userId,
            Slot = slot,
            Name = address.Name,
            Line1 = address.Line1,
            Line2 = address.Line2,
            City = address.City,
            PostalCode = address.PostalCode,
            Country = address.Country,
            CreatedAt = now,
            PreferredAt = asDefault ? now : null,
        };
    }
}
