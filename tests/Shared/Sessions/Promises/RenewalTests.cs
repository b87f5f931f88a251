using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class RenewalTests
{
    /// <summary>Guards the moment between reading the old session and starting the new one: the login was given on although it had just been ended.</summary>
    [Theory]
    [InlineData("sign-out")]
    [InlineData("revoked")]
    public async Task A_session_that_ends_while_its_login_is_renewed_stays_ended(string how)
    {
        await using var site = await Site.StartAsync(replicas: 1);
        await using var renewing = await Replica.StartAsync(site.Redis.ConnectionString, build: static builder => InterceptedRedis.Use(builder.Services));
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var other = browser.Clone();
        var redis = renewing.Services.GetRequiredService<InterceptedRedis>();
        redis.Before = async transaction =>
        {
            if (!transaction.Commands.Any(static command => command.Name == "ZADD")) return;
            redis.Before = static _ => Task.CompletedTask;
            if (how == "sign-out") await other.PostOkAsync(site.A, "/logout");
            else await RevokeAsync(site.A);
        };

        using var renewed = await browser.PostAsync(renewing, "/renew/ada");

        Assert.Equal(HttpStatusCode.Conflict, renewed.StatusCode);
        foreach (var replica in new[] { site.A, renewing }) Assert.Equal("", await browser.TextAsync(replica, "/me"));
        Assert.Equal("", await site.Redis.SendAsync("KEYS", "s:*"));
        Assert.Equal("", await site.Redis.SendAsync("KEYS", "i:*"));
    }

    private static async Task RevokeAsync(Replica replica)
    {
        var directory = replica.Services.GetRequiredService<ISessionDirectory>();
        var user = new UserId("id-ada");
        var device = Assert.Single(await directory.ListAsync(user, TestContext.Current.CancellationToken));
        Assert.True(await directory.RevokeAsync(user, device.Handle, TestContext.Current.CancellationToken));
    }
}
