using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Mail;

/// <summary>Keeps mail in the database, where developers and tests read it, instead of sending it. Never in Production.</summary>
internal sealed class DevelopmentMailbox(IDbContextFactory<AuthDbContext> databases, TimeProvider time) : IMailSender
{
    /// <summary>How many mails are kept; older ones make room.</summary>
    public const int Kept = 1000;

    /// <summary>How many are shown.</summary>
    public const int Shown = 50;

    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var kept = new DevelopmentMail { To = mail.To, Subject = mail.Subject, Body = mail.Body, SentAt = time.GetUtcNow() };
        db.DevelopmentMails.Add(kept);
        await db.SaveChangesAsync(cancellationToken);
        await db.DevelopmentMails.Where(row => row.Id <= kept.Id - Kept).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The newest mails, to one address or to all.</summary>
    public async Task<IReadOnlyList<DevelopmentMail>> ReadAsync(string? to, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.DevelopmentMails.AsNoTracking()
            .Where(mail => string.IsNullOrEmpty(to) || mail.To == to)
            .OrderByDescending(mail => mail.Id).Take(Shown).ToListAsync(cancellationToken);
    }
}
