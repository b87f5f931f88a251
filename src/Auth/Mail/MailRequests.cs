using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Limits;

namespace ShopSession.Auth.Mail;

/// <summary>The limits on mail that somebody asks for: per recipient, so that nobody's mailbox is filled, and per client, so that not many are.</summary>
internal sealed class MailRequests(AttemptLimiter limiter, UserManager<ShopUser> users, IOptions<LimitOptions> limits)
{
    /// <summary>Counts one request. Its place is not given back: a mail that was sent was sent.</summary>
    /// <exception cref="TooManyAttemptsException">Too many before; the same for addresses with and without account.</exception>
    public async Task CountAsync(string recipient, string client, CancellationToken cancellationToken)
    {
        var attempt = await limiter.BeginAsync(
        [
            new AttemptCounter(limits.Value.MailPerAddress, client),
            new AttemptCounter(limits.Value.MailPerRecipient, users.NormalizeEmail(recipient)),
        ], cancellationToken);
        await attempt.FailAsync();
    }
}
