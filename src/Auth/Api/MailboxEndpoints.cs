using ShopSession.Auth.Mail;
using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>The development mailbox, as JSON: <c>GET /api/dev/mailbox?to=</c>. There is none where mail is sent.</summary>
internal static class MailboxEndpoints
{
    public static void MapDevelopmentMailbox(this IEndpointRouteBuilder api) => api.MapGet("/dev/mailbox", ReadAsync);

    private static async Task<IResult> ReadAsync(string? to, MailOutbox outbox, DevelopmentMailbox mailbox, CancellationToken cancellationToken) =>
        outbox.Mode == MailMode.Mailbox ? Results.Ok(await mailbox.ReadAsync(to, cancellationToken)) : ShopProblems.NotFound.AsResult();
}
