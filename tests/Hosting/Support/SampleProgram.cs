using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ShopSession.Testing;

namespace ShopSession.Hosting.Tests.Support;

/// <summary>The sample application, started from its command line as a user does, with ports and a data directory of its own.</summary>
internal sealed class SampleProgram : IAsyncDisposable
{
    public const string Token = "sample-runner-token";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _output = new(), _error = new();
    private readonly Process _process;

    private SampleProgram(Process process, SampleSettings settings)
    {
        _process = process;
        Settings = settings;
        Api = new HttpClient { BaseAddress = new Uri($"http://localhost:{settings.DashboardPort}") };
        Follow(process);
    }

    public SampleSettings Settings { get; }

    public HttpClient Api { get; }

    public int ProcessId => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public string Error
    {
        get
        {
            lock (_output)
                return _error.ToString();
        }
    }

    public static SampleProgram Start(SampleSettings settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ShopSession.SampleHost.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings.Variables())
            start.Environment[name] = value;
        return new(Process.Start(start)!, settings);
    }

    public static async Task<SampleProgram> StartReadyAsync(SampleSettings settings)
    {
        var program = Start(settings);
        try
        {
            await Poll.UntilAsync(() => program.Output.Contains("Ctrl+C ends everything", StringComparison.Ordinal) || program._process.HasExited,
                Limit, "the sample is ready", TestContext.Current.CancellationToken);
            Assert.False(program._process.HasExited, program.Output + program.Error);
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<SampleReplica>> ReplicasAsync() =>
        await Api.GetFromJsonAsync<List<SampleReplica>>("/api/resources", JsonSerializerOptions.Web, TestContext.Current.CancellationToken) ?? [];

    public async Task<SampleReplica> ReplicaAsync(string name) => (await ReplicasAsync()).Single(replica => replica.Replica == name);

    public async Task<HttpResponseMessage> CommandAsync(string replica, string command, string? token = Token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/resources/{replica}/{command}");
        if (token is not null)
            request.Headers.Add("X-Runner-Token", token);
        return await Api.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public void Signal(string name) => Shell.Signal(_process.Id, name);

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (!_process.HasExited)
        {
            // The runner's promise, tested elsewhere: its children end with it.
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        Settings.Dispose();
    }

    private void Follow(Process process)
    {
        process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        void Keep(StringBuilder text, string? line)
        {
            lock (_output)
                text.Append(CultureInfo.InvariantCulture, $"{line}\n");
        }
    }
}

internal sealed record SampleReplica(string Name, string Replica, string State, string? Health, string? Url, int? Pid, int Restarts);
