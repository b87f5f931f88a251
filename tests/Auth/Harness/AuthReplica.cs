using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Harness;

/// <summary>One replica of the real service, in a process of its own.</summary>
internal sealed class AuthReplica : IAsyncDisposable
{
    /// <summary>The public port that browsers would use; nothing listens there, it only appears in addresses.</summary>
    public const int PublicPort = 8080;

    /// <summary>Hashing at its real cost, a tenth of a second each time, would be most of these tests; PasswordHashTests looks at it.</summary>
    public const int PasswordRounds = 1000;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private AuthReplica(Process process, int port)
    {
        _process = process;
        Port = port;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public int Port { get; }

    public string Output => string.Join('\n', _output);

    public static async Task<AuthReplica> StartAsync(string redis, string dataDirectory, int number, params (string Key, string Value)[] settings)
    {
        var replica = Launch(redis, dataDirectory, number, settings);
        try
        {
            using var http = new HttpClient();
            await Poll.UntilAsync(() => replica.AnswersAsync(http), TimeSpan.FromSeconds(60), $"auth-{number} is healthy");
            return replica;
        }
        catch
        {
            var output = replica.Output;
            await replica.DisposeAsync();
            throw new InvalidOperationException($"The replica did not start:\n{output}");
        }
    }

    /// <summary>Starts one that is expected to give up, and returns its exit code and all that it said.</summary>
    public static async Task<(int ExitCode, string Output)> ExpectEndAsync(string redis, string dataDirectory, params (string Key, string Value)[] settings)
    {
        await using var replica = Launch(redis, dataDirectory, 1, settings);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await replica._process.WaitForExitAsync(limit.Token);
        return (replica._process.ExitCode, replica.Output);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static AuthReplica Launch(string redis, string dataDirectory, int number, (string Key, string Value)[] settings)
    {
        var port = FreePort.Next();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = dataDirectory };
        start.ArgumentList.Add(typeof(AuthLog).Assembly.Location);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        start.Environment["ConnectionStrings__redis"] = redis;
        start.Environment["Shop__DataDirectory"] = dataDirectory;
        start.Environment["Shop__Port"] = PublicPort.ToString(CultureInfo.InvariantCulture);
        start.Environment["Shop__Replica"] = $"auth-{number}";
        // Production insists on the real cost.
        if (!settings.Contains(("ASPNETCORE_ENVIRONMENT", "Production"))) start.Environment["Auth__Passwords__IterationCount"] = PasswordRounds.ToString(CultureInfo.InvariantCulture);
        foreach (var (key, value) in settings) start.Environment[key] = value;
        var replica = new AuthReplica(new Process { StartInfo = start }, port);
        replica._process.OutputDataReceived += (_, line) => replica.Keep(line.Data);
        replica._process.ErrorDataReceived += (_, line) => replica.Keep(line.Data);
        replica._process.Start();
        replica._process.BeginOutputReadLine();
        replica._process.BeginErrorReadLine();
        return replica;
    }

    private void Keep(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }

    private async Task<bool> AnswersAsync(HttpClient http)
    {
        if (_process.HasExited) throw new InvalidOperationException("ended");
        try
        {
            using var answer = await http.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/health")));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        if (!_process.HasExited) _process.Kill();
    }
}
