using System.Diagnostics;
using ShopSession.Testing;

namespace ShopSession.Cart.Tests.Hosting;

/// <summary>A replica in a process of its own, to be killed without warning.</summary>
public sealed class CartProcess : IAsyncDisposable
{
    private readonly Process _process;

    private CartProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public static async Task<CartProcess> StartAsync(Shop shop, params (string Key, string Value)[] settings)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ShopSession.Cart.dll"));
        start.Environment["ASPNETCORE_URLS"] = url.ToString();
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ConnectionStrings__redis"] = shop.Redis.ConnectionString;
        start.Environment["services__catalog__http__0"] = shop.Catalog.Url;
        start.Environment["Shop__DataDirectory"] = shop.Folder;
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var replica = new CartProcess(process, url);
        using var http = new HttpClient();
        await Poll.UntilAsync(
            async () =>
            {
                Assert.False(process.HasExited, "The cart ended at its start.");
                try
                {
                    using var answer = await http.GetAsync(new Uri(url, "/health"), TestContext.Current.CancellationToken);
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(60), "the cart's process answers", TestContext.Current.CancellationToken);
        return replica;
    }

    /// <summary>SIGKILL: nothing is finished, nothing is tidied up.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
