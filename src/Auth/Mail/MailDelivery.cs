using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Mail;

/// <summary>
/// Sends what waits in the outbox. Runs in every replica; taking a mail is one conditional UPDATE, so that each is sent by one of them. What failed is tried
/// again later and later, for about a day. A process that dies between handing a mail over and noting it leaves it to be sent again.
/// </summary>
internal sealed class MailDelivery(
    IDbContextFactory<AuthDbContext> databases, MailOutbox outbox, IMailSender sender, IOptions<MailOptions> options, TimeProvider time, ILogger<MailDelivery> logger)
    : BackgroundService
{
    /// <summary>How often a mail is tried before it is given up.</summary>
    public const int MostAttempts = 12;

    // Longer than a sender may take, so that nobody else takes the mail meanwhile.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait after so many failures: 10 s, doubling, at most 4 hours.</summary>
    public static TimeSpan WaitAfter(int attempts) => TimeSpan.FromSeconds(Math.Min(10 * Math.Pow(2, attempts - 1), TimeSpan.FromHours(4).TotalSeconds));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (outbox.Mode == MailMode.None)
        {
            MailLog.NotSetUp(logger);
            return;
        }

        try
        {
            while (true)
            {
                await RunOnceAsync(stoppingToken);
                await outbox.WaitAsync(options.Value.Interval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops; what waits is found by the next process.
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await TakeAsync(cancellationToken) is { } mail) await DeliverAsync(mail, cancellationToken);
        }
        // A database in trouble now may be well next time; the worker must not die of it.
        catch (Exception error) when (error is not OperationCanceledException)
        {
            MailLog.OutboxFailed(logger, error);
        }
    }

    private async Task<OutboxMail?> TakeAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        foreach (var mail in await db.OutboxMails.AsNoTracking().Where(row => row.DueAt <= now).OrderBy(row => row.DueAt).Take(10).ToListAsync(cancellationToken))
        {
            var taken = await db.OutboxMails.Where(row => row.Id == mail.Id && row.Attempts == mail.Attempts).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Attempts, row => row.Attempts + 1).SetProperty(row => row.DueAt, now + Lease), cancellationToken);
            if (taken == 0) continue;
            mail.Attempts++;
            return mail;
        }

        return null;
    }

    private async Task DeliverAsync(OutboxMail row, CancellationToken cancellationToken)
    {
        try
        {
            var mail = outbox.Read(row);
            if (mail is null) MailLog.Unreadable(logger, row.Id);
            else if (mail.To.Length > 0) await SendAsync(mail, cancellationToken);
            // Handed over: from here on it is done, even if the process is told to stop.
            await DoneAsync(row);
        }
        catch (MailRejectedException error)
        {
            MailLog.Rejected(logger, row.Id, error);
            await DoneAsync(row);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            await FailedAsync(row, error);
        }
    }

    private async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await sender.SendAsync(mail, limit.Token);
    }

    private async Task FailedAsync(OutboxMail row, Exception error)
    {
        if (row.Attempts >= MostAttempts)
        {
            MailLog.GivenUp(logger, row.Id, row.Attempts, error);
            await DoneAsync(row);
            return;
        }

        var wait = WaitAfter(row.Attempts);
        MailLog.NotSent(logger, row.Id, row.Attempts, wait, error);
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var due = time.GetUtcNow() + wait;
        await db.OutboxMails.Where(mail => mail.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.DueAt, due), CancellationToken.None);
    }

    private async Task DoneAsync(OutboxMail row)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await db.OutboxMails.Where(mail => mail.Id == row.Id).ExecuteDeleteAsync(CancellationToken.None);
    }
}
