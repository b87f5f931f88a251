using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using ShopSession.Auth.Mail;

namespace ShopSession.Auth.Pages;

/// <summary>The development mailbox. There is none where mail is sent.</summary>
[SameOriginReferrer]
internal sealed partial class MailboxModel(MailOutbox outbox, DevelopmentMailbox mailbox, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    public IReadOnlyList<DevelopmentMail> Mails { get; private set; } = [];

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    /// <summary>The text with its addresses as links.</summary>
    public static IHtmlContent WithLinks(string body)
    {
        var content = new HtmlContentBuilder();
        foreach (var part in Link().Split(body))
        {
            if (!Link().IsMatch(part))
            {
                content.Append(part);
                continue;
            }

            var link = new TagBuilder("a") { Attributes = { ["href"] = part } };
            link.InnerHtml.Append(part);
            content.AppendHtml(link);
        }

        return content;
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (outbox.Mode != MailMode.Mailbox) return NotFound();
        Mails = await mailbox.ReadAsync(To, cancellationToken);
        return Page();
    }

    [GeneratedRegex(@"(https?://[^\s""<>]+)")]
    private static partial Regex Link();
}
