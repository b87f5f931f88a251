using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Registration;

public sealed class RegistrationTests : RedisTest
{
    [Fact]
    public async Task A_service_starts_while_the_server_is_down_and_turns_healthy_when_it_is_up()
    {
        await Server.KillAsync();
        using var host = Build(("ConnectionStrings:redis", Server.ConnectionString), ("Redis:CommandTimeout", "00:00:08"));
        await host.StartAsync(Stop);
        var client = host.Services.GetRequiredService<IRedisClient>();
        Assert.Same(client, host.Services.GetRequiredService<IRedisClient>());
        var health = host.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(Stop)).Status);
        await Server.RestartAsync(Stop);
        await Poll.UntilAsync(() => client.IsConnected, Limit, "the client is connected", Stop);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(Stop)).Status);
        await host.StopAsync(Stop);
    }

    [Theory]
    [InlineData("ConnectionStrings:other", "localhost", "ConnectionStrings__redis")]
    [InlineData("ConnectionStrings:redis", "localhost:x", "ConnectionStrings:redis is wrong")]
    [InlineData("ConnectionStrings:redis", "localhost,user=a", "without a password")]
    [InlineData("Redis:CommandTimeout", "00:00:00", "CommandTimeout is 00:00:00")]
    [InlineData("Redis:ClientName", "a b", "ClientName")]
    [InlineData("Redis:CommandTimout", "00:00:09", "Redis:CommandTimout is no setting")]
    [InlineData("Redis:NearCache:Prefix", "s:", "Redis:NearCache:Prefix is no setting")]
    [InlineData("Redis:CommandTimeout", "soon", "Redis:CommandTimeout")]
    public async Task Wrong_settings_stop_the_start_with_what_is_wrong(string key, string value, string problem)
    {
        (string, string)[] settings = key.StartsWith("Redis:", StringComparison.Ordinal) ? [("ConnectionStrings:redis", "localhost"), (key, value)] : [(key, value)];
        using var host = Build(settings);
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Stop));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_taken_from_the_section_too()
    {
        using var host = Build(
            ("ConnectionStrings:redis", "h1:1,name=shop"), ("Redis:CommandTimeout", "00:00:03"), ("Redis:NearCache:Prefixes:0", "s:"), ("Redis:NearCache:Lease", "00:00:02"), ("Redis:MaxReplyBytes", "2048"));
        var options = host.Services.GetRequiredService<IOptions<RedisClientOptions>>().Value;
        Assert.Equal(("h1:1", "shop", TimeSpan.FromSeconds(3)), (Assert.Single(options.EndPoints).ToString(), options.ClientName, options.CommandTimeout));
        Assert.Equal(("s:", TimeSpan.FromSeconds(2), 2048), (Assert.Single(options.NearCache.Prefixes), options.NearCache.Lease, options.MaxReplyBytes));
    }

    /// <summary>Guards against one server's password given to another: both names wrote into the same options.</summary>
    [Fact]
    public void A_second_connection_string_is_refused_and_the_same_one_is_not()
    {
        var services = new ServiceCollection();
        services.AddRedisClient("a").AddRedisClient("a");
        var e = Assert.Throws<InvalidOperationException>(() => services.AddRedisClient("b"));
        Assert.Contains("'a'", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Guards the last word of the code: a second registration, as a library adds it, read the configuration again and over it.</summary>
    [Fact]
    public void What_the_code_sets_stands_also_when_the_client_is_registered_again()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:redis", "h1:1,asyncTimeout=1000"), new("Redis:MaxReplyBytes", "2048"), new("Redis:NearCache:Prefixes:0", "s:"),
        ]);
        builder.AddRedisClient(configure: static options =>
        {
            options.CommandTimeout = TimeSpan.FromSeconds(5);
            options.MaxReplyBytes = 4096;
            options.EndPoints.Add(new RedisEndPoint("h2", 2));
        });
        builder.AddRedisClient(configure: static options => options.ClientName = "shop");
        using var host = builder.Build();
        var options = host.Services.GetRequiredService<IOptions<RedisClientOptions>>().Value;
        Assert.Equal((TimeSpan.FromSeconds(5), 4096, "shop"), (options.CommandTimeout, options.MaxReplyBytes, options.ClientName));
        Assert.Equal(["h1:1", "h2:2"], options.EndPoints.Select(static endPoint => endPoint.ToString()));
        Assert.Equal(["s:"], options.NearCache.Prefixes);
    }

    private static IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.AddRedisClient();
        builder.Services.AddHealthChecks().AddRedis();
        return builder.Build();
    }
}
