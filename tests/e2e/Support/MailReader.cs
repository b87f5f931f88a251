using Microsoft.Playwright;
using ShopSession.Testing;

namespace ShopSession.E2E.Tests.Support;

/// <summary>Reads the development mailbox as its visitor sees it.</summary>
internal static class MailReader
{
    /// <summary>Waits for the newest mail of this subject and follows the first link in it.</summary>
    public static async Task FollowMailAsync(this Visitor visitor, string to, string subject)
    {
        var mail = visitor.Page.GetByTestId("mail").Filter(new() { Has = visitor.Page.GetByRole(AriaRole.Heading, new() { Name = subject, Exact = true }) }).First;
        await Poll.UntilAsync(async () =>
        {
            await visitor.OpenAsync("auth", $"/dev/mailbox?to={Uri.EscapeDataString(to)}");
            return await mail.CountAsync() > 0;
        }, TimeSpan.FromSeconds(30), $"mail \"{subject}\"", TestContext.Current.CancellationToken);
        await mail.Locator(".mail__text a").First.ClickAsync();
    }
}
