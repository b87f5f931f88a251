using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ShopSession.Web.Replicas;

namespace ShopSession.Web.Telemetry;

/// <summary>
/// Sends traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to; otherwise nothing is collected.
/// Subscribes to the framework's own sources, so no instrumentation package is needed.
/// </summary>
internal static class TelemetryExport
{
    public static void AddTelemetryExport(this IHostApplicationBuilder builder, ReplicaName replica)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeScopes = true;
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(Resource(replica));
            logs.AddOtlpExporter();
        });
        builder.Services.AddHostedService(_ => new Exporters(replica));
    }

    // The environment (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) has the last word.
    private static ResourceBuilder Resource(ReplicaName replica) => ResourceBuilder.CreateEmpty()
        .AddService(replica.Service, "shop", autoGenerateServiceInstanceId: false, serviceInstanceId: replica.Replica)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private sealed class Exporters(ReplicaName replica) : IHostedService, IDisposable
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(Resource(replica))
                .AddSource("Microsoft.AspNetCore", "System.Net.Http", "ShopSession.*")
                .AddOtlpExporter()
                .Build();
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(Resource(replica))
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
