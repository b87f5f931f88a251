using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Mail;

/// <summary>Where requests leave mail: a row in their own transaction. Sending it is <see cref="MailDelivery"/>'s work. Safe for concurrent use.</summary>
internal sealed class MailOutbox(IDataProtectionProvider protection, IOptions<MailOptions> options, IHostEnvironment environment, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("ShopSession.Auth.Mail.Outbox");
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public MailMode Mode { get; } = options.Value.ModeIn(environment.IsDevelopment());

    /// <summary>Mail that could be left out: without a way to send it, nothing is left behind.</summary>
    public void TryAdd(AuthDbContext db, OutgoingMail mail)
    {
        if (Mode == MailMode.None) return;
        var now = time.GetUtcNow();
        db.OutboxMails.Add(new OutboxMail { Id = Guid.CreateVersion7(now), Content = _protector.Protect(JsonSerializer.Serialize(mail)), CreatedAt = now, DueAt = now });
    }

    /// <summary>Mail that is the point of the request. The caller saves, then calls <see cref="Wake"/>.</summary>
    /// <exception cref="MailUnavailableException">No way to send mail is set up.</exception>
    public void Add(AuthDbContext db, OutgoingMail mail)
    {
        if (Mode == MailMode.None) throw new MailUnavailableException();
        TryAdd(db, mail);
    }

    /// <summary>The mail of a row; <see langword="null"/> when the key that it was encrypted with is gone, and with it the mail.</summary>
    public OutgoingMail? Read(OutboxMail row)
    {
        try
        {
            return JsonSerializer.Deserialize<OutgoingMail>(_protector.Unprotect(row.Content));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Has this replica look for mail now.</summary>
    public void Wake() => _news.Writer.TryWrite(true);

    /// <summary>Waits for <see cref="Wake"/>, at most <paramref name="limit"/>.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _news.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing new here; another replica may have left something.
        }
    }
}

/// <summary>The request needs mail and the shop has none. Answer 503.</summary>
internal sealed class MailUnavailableException() : Exception("No way to send mail is set up: set Mail:Smtp:Host and Mail:From.");
