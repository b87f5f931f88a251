using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Stores.Jwt;
using ShopSession.Sessions.Tests.Conformance;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Stores.Jwt;

public sealed class JwtSessionTests(KeyRingStore keyRing)
{
    private readonly string _site = Guid.NewGuid().ToString("N");
    private readonly MovableTime _time = new();

    [Fact]
    public async Task A_token_is_verified_by_anyone_with_the_published_keys()
    {
        await using var a = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(a, "/login/ada");
        var parts = browser.Cookie!.Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!;
        using var set = JsonDocument.Parse(await browser.TextAsync(a, "/.well-known/jwks.json"));

        var jwk = set.RootElement.GetProperty("keys").EnumerateArray().Single(key => key.GetProperty("kid").GetString() == (string?)header["kid"]);
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(jwk.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(jwk.GetProperty("y").GetString()) },
        });

        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        Assert.Equal("id-ada", (string?)JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!["sub"]);
        Assert.False(jwk.TryGetProperty("d", out _));
    }

    [Fact]
    public async Task A_token_may_not_choose_its_algorithm_or_key()
    {
        await using var a = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(a, "/login/ada");
        var parts = browser.Cookie!.Split('.');
        var kid = (string?)JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!["kid"];
        var claims = (JsonObject)JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        var published = a.Services.GetRequiredService<JwtKeys>().Find(kid!)!;
        var publicText = JsonSerializer.Serialize(published.ToJwk());

        var none = $"{Encode($$"""{"alg":"none","typ":"at+jwt","kid":"{{kid}}"}""")}.{parts[1]}.";
        var symmetricHead = $"{Encode($$"""{"alg":"HS256","typ":"at+jwt","kid":"{{kid}}"}""")}.{parts[1]}";
        var symmetric = $"{symmetricHead}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(publicText), Encoding.ASCII.GetBytes(symmetricHead)))}";
        var wrongKey = JwtToken.Sign(JwtKey.Create(kid!, DateTimeOffset.UtcNow), JwtToken.Access, (JsonObject)claims.DeepClone());
        var unknownKey = JwtToken.Sign(JwtKey.Create("unknown", DateTimeOffset.UtcNow), JwtToken.Access, (JsonObject)claims.DeepClone());
        var renewalAsAccess = browser.Pieces.Values.Single();
        claims["aud"] = "another site";
        var foreign = JwtToken.Sign(published, JwtToken.Access, claims);

        foreach (var forged in new[] { none, symmetric, wrongKey, unknownKey, renewalAsAccess, foreign, $"{parts[0]}.{parts[1]}", "." })
        {
            using var thief = browser.Clone();
            thief.Cookie = forged;
            Assert.Equal("", await thief.TextAsync(a, "/me"));
        }

        Assert.Equal("ada", await browser.TextAsync(a, "/me"));
    }

    [Fact]
    public async Task An_expired_token_is_renewed_with_its_companion_alone()
    {
        await using var a = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(a, "/login/ada");
        using var accessOnly = browser.Clone();
        accessOnly.Pieces.Clear();
        var first = browser.Cookie;
        Assert.Equal("ada", await accessOnly.TextAsync(a, "/me"));

        _time.Move(JwtCarrier.AccessLife + TimeSpan.FromMinutes(1));
        using var late = browser.Clone();
        Assert.Equal("ada", await browser.TextAsync(a, "/me"));
        Assert.NotEqual(first, browser.Cookie);
        late.Pieces.Clear();
        Assert.Equal("", await late.TextAsync(a, "/me"));
    }

    [Fact]
    public async Task A_new_key_signs_once_every_replica_can_know_it_and_the_old_one_goes_on_verifying()
    {
        await using var a = await StartAsync(options => options.AbsoluteTimeout = options.IdleTimeout = TimeSpan.FromDays(60));
        var keys = a.Services.GetRequiredService<JwtKeys>();
        using var browser = new Browser();
        await browser.PostOkAsync(a, "/login/ada");
        var old = keys.Signing;

        _time.Move(TimeSpan.FromDays(31));
        await keys.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, keys.All.Count());
        Assert.Equal(old.Id, keys.Signing.Id);
        _time.Move(TimeSpan.FromMinutes(2));

        Assert.NotEqual(old.Id, keys.Signing.Id);
        Assert.Equal("ada", await browser.TextAsync(a, "/me"));
    }

    [Fact]
    public async Task Session_data_is_refused_with_what_to_do_instead()
    {
        await using var a = await StartAsync();
        using var browser = new Browser();

        using var response = await browser.PostAsync(a, "/set/color/red");

        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
        Assert.Null(browser.Cookie);
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private Task<Replica> StartAsync(Action<SharedSessionOptions>? configure = null) => Replica.StartAsync(
        keyRing.ConnectionString,
        options =>
        {
            options.Strategy = SessionStrategies.Jwt;
            options.KeyPrefix = options.ApplicationName = _site;
            configure?.Invoke(options);
        },
        _time);
}
