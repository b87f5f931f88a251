using Microsoft.AspNetCore.Http;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Telemetry;

public sealed class ExportTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_go_where_the_environment_says()
    {
        await using var collector = await new Backend("collector").StartAsync();
        await using var service = await new Backend("cart-1").StartAsync();
        collector.Answer = context =>
        {
            context.Response.ContentType = "application/x-protobuf";
            return Task.CompletedTask;
        };
        await using var gateway = await GatewayProcess.StartAsync(
            service.Address,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.AbsoluteUri),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_BLRP_SCHEDULE_DELAY", "100"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"));

        await RawHttp.SendAsync(gateway.Port, "GET /page HTTP/1.1\r\nHost: cart.shop.localhost\r\nConnection: close\r\n\r\n");

        await SaysAsync(collector, "/v1/traces", "Microsoft.AspNetCore");
        await SaysAsync(collector, "/v1/metrics", "shop.gateway.admissions");
        await SaysAsync(collector, "/v1/logs", "is ready and gets requests");
        Assert.StartsWith("00-", service.Requests.Single().Headers["traceparent"], StringComparison.Ordinal);
    }

    // Protobuf keeps text readable, which is all that is looked for.
    private static Task SaysAsync(Backend collector, string path, string text) => Eventually.HoldsAsync(
        () => collector.Requests.Any(request => request.Path == path && request.Body.Contains("gateway", StringComparison.Ordinal) && request.Body.Contains(text, StringComparison.Ordinal)),
        $"{path} has received \"{text}\" of the gateway");
}
