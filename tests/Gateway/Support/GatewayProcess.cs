using System.Diagnostics;
using ShopSession.Testing;

namespace ShopSession.Gateway.Tests.Support;

/// <summary>The gateway as its own process, with the settings of its own runtimeconfig.json, as the AppHost starts it.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;

    private GatewayProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<GatewayProcess> StartAsync(Uri service, params (string Name, string Value)[] settings)
    {
        var port = FreePort.Next();
        var process = Launch(new(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["services__cart__http__0"] = service.AbsoluteUri,
            ["services__catalog__http__0"] = service.AbsoluteUri,
            ["services__auth__http__0"] = service.AbsoluteUri,
        });
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var started = new GatewayProcess(process, port);
        using var client = new HttpClient();
        await Poll.UntilAsync(
            async () =>
            {
                try
                {
                    return (await client.GetAsync(new Uri($"http://127.0.0.1:{port}/health"))).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(60),
            "the gateway's process is ready");
        return started;
    }

    /// <summary>Runs the gateway until it ends by itself.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(Dictionary<string, string> environment)
    {
        using var process = Launch(environment);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
        return (process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static Process Launch(Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ShopSession.Gateway.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
