using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ShopSession.Auth.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Mail;

public sealed partial class SmtpDeliveryTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("shop-auth-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_replicas_send_each_mail_once_and_again_when_the_server_could_not_take_it()
    {
        await using var smtp = new SmtpListener();
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: Token);
        (string, string)[] settings =
        [
            ("Mail__Smtp__Host", "127.0.0.1"), ("Mail__Smtp__Port", smtp.Port.ToString(CultureInfo.InvariantCulture)), ("Mail__Smtp__StartTls", "false"), ("Mail__From", "shop@example.org"), ("Mail__Interval", "00:00:01"),
        ];
        var replicas = await Task.WhenAll(AuthReplica.StartAsync(redis.ConnectionString, _data, 1, settings), AuthReplica.StartAsync(redis.ConnectionString, _data, 2, settings));
        await using var first = replicas[0];
        await using var second = replicas[1];
        using var browser = new Browser(replicas);

        var late = Person.New();
        smtp.Refuse(late.Email, 1);
        await browser.ExpectAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/register", new { email = late.Email, password = late.Password, displayName = late.DisplayName });
        var people = new List<Person> { late };
        for (var i = 0; i < 12; i++) people.Add(await Person.RegisterAsync(browser));

        await Poll.UntilAsync(() => smtp.Mails.Count >= people.Count, TimeSpan.FromSeconds(60), "every mail arrived", Token);
        Assert.Equal(people.Select(person => person.Email).Order(StringComparer.Ordinal), smtp.Mails.Select(mail => mail.To).Order(StringComparer.Ordinal));

        // The link works, and its token is nowhere in what the shop keeps.
        var text = smtp.Mails.First(mail => mail.To == people[1].Email).Data;
        Assert.Contains("Auto-Submitted: auto-generated", text, StringComparison.Ordinal);
        var token = LinkToken().Match(text.Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal)).Groups[1].Value;
        foreach (var file in Directory.GetFiles(_data)) Assert.DoesNotContain(token, await ReadAsync(file), StringComparison.Ordinal);
        await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/email/confirm", new { token });

        // Where mail is sent, there is no mailbox to read it in.
        foreach (var path in new[] { "/dev/mailbox", "/api/dev/mailbox" })
        {
            using var none = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }
    }

    [Fact]
    public async Task In_production_without_a_mail_server_what_needs_mail_says_so_and_the_rest_works()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: Token);
        await using var replica = await AuthReplica.StartAsync(redis.ConnectionString, _data, 1, ("ASPNETCORE_ENVIRONMENT", "Production"), ("Shop__GatewayKey", new string('k', 40)));
        using var browser = new Browser([replica]);
        var person = await Person.RegisterAsync(browser);
        var problem = await browser.ExpectAsync(HttpStatusCode.ServiceUnavailable, HttpMethod.Post, "/api/password/forgot", new { email = person.Email });
        Assert.EndsWith("/mail-unavailable", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        await browser.SignInAsync(person);
        using var mailbox = await browser.GetAsync("/dev/mailbox");
        Assert.Equal(HttpStatusCode.NotFound, mailbox.StatusCode);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    // The database is open in the replicas.
    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Token);
    }

    [GeneratedRegex("confirm-email\\?token=([A-Za-z0-9_-]{43})")]
    private static partial Regex LinkToken();
}
