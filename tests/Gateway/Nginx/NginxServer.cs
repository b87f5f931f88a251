using System.Diagnostics;
using System.Globalization;
using ShopSession.Gateway.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.Gateway.Tests.Nginx;

/// <summary>A real nginx with the files of <c>deploy/nginx</c>, of which only port, replicas, key and policy are the test's own.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _process;

    private NginxServer(string folder, Process process, int port)
    {
        (_folder, _process) = (folder, process);
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public HttpClient Client { get; }

    /// <summary>Starts nginx before these replicas of <c>cart</c>; skips the test where there is none.</summary>
    public static async Task<NginxServer> StartAsync(string policy, params Backend[] cart)
    {
        var program = Find();
        var port = FreePort.Next();
        var folder = CopyConfiguration(policy, port, cart);
        var process = Process.Start(new ProcessStartInfo(program, ["-p", folder, "-c", Path.Combine(folder, "nginx.conf"), "-e", "stderr", "-g", "daemon off;"]) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var server = new NginxServer(folder, process, port);
        await Eventually.HoldsAsync(
            async () =>
            {
                if (process.HasExited) Assert.Fail($"nginx ended: {await error}");
                try
                {
                    using var answer = await server.SendAsync("/", "unknown.test");
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "nginx answers");
        return server;
    }

    /// <summary>What <c>nginx -t</c> says of the files as they are delivered, with this policy.</summary>
    public static async Task<(int ExitCode, string Said)> CheckAsync(string policy)
    {
        var program = Find();
        var folder = CopyConfiguration(policy, port: null, []);
        using var process = Process.Start(new ProcessStartInfo(program, ["-t", "-p", folder, "-c", Path.Combine(folder, "nginx.conf"), "-e", "stderr"]) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Directory.Delete(folder, recursive: true);
        return (process.ExitCode, said);
    }

    public async Task<HttpResponseMessage> SendAsync(string path = "/", string host = "cart.shop.localhost", Action<HttpRequestMessage>? configure = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        configure?.Invoke(request);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends this many requests, one after the other, and returns which replica answered each.</summary>
    public async Task<List<string>> AskAsync(int count, Func<int, Action<HttpRequestMessage>>? configure = null)
    {
        var replicas = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            using var answer = await SendAsync(configure: configure?.Invoke(i));
            replicas.Add(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        return replicas;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        // Its workers see the master's end by themselves only when it ends in order.
        Signals.Terminate(_process.Id);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append("/usr/sbin");
        var program = folders.Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);
        if (program is null) Assert.Skip("nginx is not on the PATH. Install it (Debian: nginx) to run this test.");
        return program;
    }

    private static string CopyConfiguration(string policy, int? port, Backend[] cart)
    {
        var source = Path.Combine(Repository(), "deploy", "nginx");
        var folder = Directory.CreateTempSubdirectory("shop-nginx-").FullName;
        foreach (var file in Directory.EnumerateFiles(source, "*.conf", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        Replace(folder, "policy.conf", "policies/round-robin.conf", $"policies/{policy}.conf");
        if (port is null) return folder;
        Replace(folder, "nginx.conf", "127.0.0.1:8080", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));
        Replace(folder, "gateway-key.conf", "change-this-to-a-random-secret", GatewayHost.Key);
        File.WriteAllLines(Path.Combine(folder, "replicas", "cart.conf"), cart.Select(replica => $"server {replica.Address.Authority} max_fails=1 fail_timeout=2s;"));
        return folder;
    }

    private static void Replace(string folder, string file, string old, string with)
    {
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, with, StringComparison.Ordinal));
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ShopSession.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests run outside of the repository: deploy/nginx is not found.");
    }
}
