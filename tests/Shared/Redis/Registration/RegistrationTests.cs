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
    public async Task Wrong_settings_stop_the_start_with_what_is_wrong(string key, string value, string problem)
    {
        (string, string)[] settings = key.StartsWith("Redis:", StringComparison.Ordinal) ? [("ConnectionStrings:redis", "localhost"), (key, value)] : [(key, value)];
        using var host = Build(settings);
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Stop));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
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
