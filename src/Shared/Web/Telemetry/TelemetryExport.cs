using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ShopSession.Web.Telemetry;

/// <summary>
/// Sends traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to; otherwise nothing is collected.
/// Compiled into the gateway too, which shares nothing else with the services. Subscribes to the framework's own sources, so no instrumentation package is needed.
/// </summary>
internal static class TelemetryExport
{
    public static void AddTelemetryExport(this IHostApplicationBuilder builder, string service, string instance)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeScopes = true;
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(Resource(service, instance));
            logs.AddOtlpExporter();
        });
        builder.Services.AddHostedService(_ => new Exporters(service, instance));
    }

    // The environment (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) has the last word.
    private static ResourceBuilder Resource(string service, string instance) => ResourceBuilder.CreateEmpty()
        .AddService(service, "shop", autoGenerateServiceInstanceId: false, serviceInstanceId: instance)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private sealed class Exporters(string service, string instance) : IHostedService, IDisposable
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(Resource(service, instance))
                .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Yarp.ReverseProxy", "ShopSession.*")
                .AddOtlpExporter()
                .Build();
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(Resource(service, instance))
                .AddMeter("Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "ShopSession.*")
                .AddOtlpExporter()
                .Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            _traces?.Dispose();
            _metrics?.Dispose();
        }
    }
}
