using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ShopSession.Testing;

namespace ShopSession.Gateway.Tests.Support;

/// <summary>One replica of a service: a real Kestrel on a port of its own, which can be killed and started again there.</summary>
internal sealed class Backend(string name) : IAsyncDisposable
{
    private WebApplication? _app;

    public string Name => name;

    public int Port { get; } = FreePort.Next();

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>What <c>/health</c> answers.</summary>
    public int Health { get; set; } = StatusCodes.Status200OK;

    /// <summary>Whether <c>/health</c> says that the replica is about to stop.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Whether nothing is answered any more, probes included, though connections are taken.</summary>
    public bool Hangs { get; set; }

    /// <summary>What the probes said about who asks.</summary>
    public ConcurrentQueue<string> ProbesSaid { get; } = [];

    /// <summary>Every request except probes, in order of arrival.</summary>
    public ConcurrentQueue<Seen> Requests { get; } = [];

    public int Probes;

    /// <summary>What a request gets after it was noted; by default the replica's name.</summary>
    public RequestDelegate Answer { get; set; } = context => context.Response.WriteAsync(name, context.RequestAborted);

    public async Task<Backend> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.AbsoluteUri);
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>Ends like a killed process: the listener is gone and every connection is cut.</summary>
    public async Task KillAsync()
    {
        if (_app is null) return;
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == "/health" && context.Request.Headers.Host == $"127.0.0.1:{Port}")
        {
            ProbesSaid.Enqueue($"{context.Request.Headers["X-Shop-Gateway-Key"]} {context.Request.Headers["X-Shop-Probe"]}");
            Interlocked.Increment(ref Probes);
            if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            if (IsDraining) context.Response.Headers["X-Shop-Draining"] = "true";
            context.Response.StatusCode = IsDraining ? StatusCodes.Status503ServiceUnavailable : Health;
            return;
        }
        using var body = new StreamReader(context.Request.Body);
        var text = await body.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Requests.Enqueue(new Seen(context.Request.Method, context.Request.Path.Value ?? "", headers, text));
        if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        await Answer(context);
    }

    internal sealed record Seen(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);
}
