using System.Diagnostics;
using System.Net;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Samples;

/// <summary>The sample of the documentation is what it says: short, compiled, and working on two replicas.</summary>
public sealed class MinimalSampleTests
{
    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "ShopSession.sln"))) folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }

    [Fact]
    public void The_documentation_shows_the_program_that_is_compiled()
    {
        var program = File.ReadAllText(Path.Combine(Root, "docs/samples/Minimal/Program.cs")).ReplaceLineEndings("\n").Trim();

        Assert.InRange(program.Split('\n').Length, 1, 39);
        Assert.Contains(program, File.ReadAllText(Path.Combine(Root, "docs/sessions.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_keeps_one_session_over_two_processes()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var first = await Sample.StartAsync(redis.ConnectionString);
        await using var second = await Sample.StartAsync(redis.ConnectionString);
        var cookie = await PostAsync(first, "/color/green", null);
        cookie = await PostAsync(second, "/sign-in/ada", cookie);

        Assert.Equal("Hello ada, you like green.", await GetAsync(first, "/", cookie));
        Assert.Equal("Members only: ada", await GetAsync(second, "/members", cookie));
        await PostAsync(first, "/sign-out", cookie);
        Assert.Equal("Hello guest, you like no color yet.", await GetAsync(second, "/", cookie));
    }

    private static async Task<string> PostAsync(Sample sample, string path, string? cookie)
    {
        using var response = await sample.SendAsync(HttpMethod.Post, path, cookie);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.Headers.TryGetValues("Set-Cookie", out var values) ? values.First().Split(';')[0] : cookie!;
    }

    private static async Task<string> GetAsync(Sample sample, string path, string cookie)
    {
        using var response = await sample.SendAsync(HttpMethod.Get, path, cookie);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Sample : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _http;

        private Sample(Process process, int port)
        {
            _process = process;
            _http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        }

        public static async Task<Sample> StartAsync(string redis)
        {
            var port = FreePort.Next();
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ShopSession.Minimal.dll"));
            start.Environment["ConnectionStrings__redis"] = redis;
            start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
            var sample = new Sample(Process.Start(start)!, port);
            sample._process.BeginOutputReadLine();
            sample._process.BeginErrorReadLine();
            await Poll.UntilAsync(
                async () =>
                {
                    try
                    {
                        using var response = await sample.SendAsync(HttpMethod.Get, "/", null);
                        return response.IsSuccessStatusCode;
                    }
                    catch (HttpRequestException)
                    {
                        return false;
                    }
                },
                TimeSpan.FromSeconds(60), "the sample to answer", TestContext.Current.CancellationToken);
            return sample;
        }

        public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? cookie)
        {
            var request = new HttpRequestMessage(method, path);
            if (cookie is not null) request.Headers.Add("Cookie", cookie);
            return _http.SendAsync(request, TestContext.Current.CancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
