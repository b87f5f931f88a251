using System.Net;
using System.Text.RegularExpressions;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Harness;

/// <summary>The development mailbox, as a recipient reads it.</summary>
internal static partial class Mailbox
{
    /// <summary>All mails to an address, newest first.</summary>
    public static async Task<IReadOnlyList<(string Subject, string Body)>> ReadAsync(Browser browser, string to)
    {
        var mails = await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, $"/api/dev/mailbox?to={Uri.EscapeDataString(to)}");
        return [.. mails.EnumerateArray().Select(mail => (mail.GetProperty("subject").GetString()!, mail.GetProperty("body").GetString()!))];
    }

    /// <summary>The newest mail with this subject, as soon as there are <paramref name="count"/> of them.</summary>
    public static async Task<string> WaitAsync(Browser browser, string to, string subject, int count = 1)
    {
        IReadOnlyList<string> found = [];
        await Poll.UntilAsync(async () => (found = [.. (await ReadAsync(browser, to)).Where(mail => mail.Subject == subject).Select(mail => mail.Body)]).Count >= count,
            TimeSpan.FromSeconds(30), $"mail \"{subject}\"", TestContext.Current.CancellationToken);
        return found[0];
    }

    /// <summary>The mail's link.</summary>
    public static Uri LinkIn(string body) => new(Link().Match(body).Value);

    /// <summary>The token in the link of the newest mail with this subject.</summary>
    public static async Task<string> TokenAsync(Browser browser, string to, string subject, int count = 1) =>
        LinkIn(await WaitAsync(browser, to, subject, count)).Query["?token=".Length..];

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
