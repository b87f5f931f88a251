using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.KeyRing;

public sealed class KeyRotationTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_rings_key_is_replaced_and_the_old_one_expires_without_a_single_sign_out()
    {
        await using var site = await Site.StartAsync();
        var people = Enumerable.Range(0, 20).Select(i => (Browser: new Browser(), Name: $"person{i}")).ToArray();
        foreach (var (browser, name) in people) await browser.SendAsync(site.A, HttpMethod.Post, $"/login/{name}", request => request.Headers.Add("User-Agent", "Before/1"));
        var token = Token(site.A);
        var old = Assert.Single(KeysOf(site.A));

        await ExpireAsync(site, old);
        var next = site.A.Services.GetRequiredService<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddDays(90));
        await using var fresh = await Replica.StartAsync(site.Redis.ConnectionString);

        Replica[] replicas = [site.A, site.B, fresh];
        Assert.Equal([old.KeyId, next.KeyId], KeysOf(fresh).OrderBy(key => key.ActivationDate).Select(key => key.KeyId));
        Assert.True(KeysOf(fresh).Single(key => key.KeyId == old.KeyId).ExpirationDate < DateTimeOffset.UtcNow);
        var signedOut = 0;
        foreach (var (browser, name) in people)
        {
            foreach (var replica in replicas)
            {
                if (await browser.TextAsync(replica, "/me") != name) signedOut++;
                var devices = await replica.Services.GetRequiredService<ISessionDirectory>().ListAsync(new UserId($"id-{name}"), TestContext.Current.CancellationToken);
                Assert.Equal("Before/1", Assert.Single(devices).UserAgent);
            }

            await browser.PostOkAsync(fresh, $"/login/{name}");
            Assert.Equal(name, await browser.TextAsync(site.B, "/me"));
        }

        output.WriteLine($"{people.Length} people signed in, key {old.KeyId} expired, key {next.KeyId} in force: {signedOut} signed out");
        Assert.Equal(0, signedOut);
        // A form that was open all the while, and one opened with the new key and sent to a replica that has not looked at the ring since.
        foreach (var replica in replicas) Assert.True(await IsAcceptedAsync(replica, token));
        foreach (var replica in replicas) Assert.True(await IsAcceptedAsync(replica, Token(fresh)));
        foreach (var (browser, _) in people) browser.Dispose();
    }

    private static IReadOnlyCollection<IKey> KeysOf(Replica replica) => replica.Services.GetRequiredService<IKeyManager>().GetAllKeys();

    /// <summary>As if the key had come to its end: it stays in the ring, as the framework leaves it.</summary>
    private static async Task ExpireAsync(Site site, IKey key)
    {
        var element = XElement.Parse(await site.Redis.SendAsync("LINDEX", "DataProtection-Keys", "0"));
        Assert.Equal(key.KeyId.ToString(), (string?)element.Attribute("id"));
        element.Element("activationDate")!.Value = DateTimeOffset.UtcNow.AddDays(-91).ToString("O", CultureInfo.InvariantCulture);
        element.Element("expirationDate")!.Value = DateTimeOffset.UtcNow.AddDays(-1).ToString("O", CultureInfo.InvariantCulture);
        await site.Redis.SendAsync("LSET", "DataProtection-Keys", "0", element.ToString(SaveOptions.DisableFormatting));
    }

    private static AntiforgeryTokenSet Token(Replica replica)
    {
        var context = new DefaultHttpContext { RequestServices = replica.Services };
        return replica.Services.GetRequiredService<IAntiforgery>().GetTokens(context);
    }

    private static async Task<bool> IsAcceptedAsync(Replica replica, AntiforgeryTokenSet token)
    {
        var cookie = replica.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<AntiforgeryOptions>>().Value.Cookie.Name;
        var context = new DefaultHttpContext { RequestServices = replica.Services };
        context.Request.Method = "POST";
        context.Request.Headers.Cookie = $"{cookie}={token.CookieToken}";
        context.Request.Headers[token.HeaderName!] = token.RequestToken;
        return await replica.Services.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
    }
}
