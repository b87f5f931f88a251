using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ShopSession.Hosting.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.Hosting.Tests.Dashboard;

public sealed class ApiTests(ApiTests.Sample sample) : IClassFixture<ApiTests.Sample>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SampleProgram Program => sample.Program;

    [Fact]
    public async Task It_lists_every_replica_with_its_own_address()
    {
        var replicas = await Program.ReplicasAsync();

        Assert.Equal(["back-1", "back-2", "front-1"], replicas.Select(replica => replica.Replica));
        Assert.Equal(["back", "back", "front"], replicas.Select(replica => replica.Name));
        Assert.All(replicas, replica => Assert.Equal(("Running", true), (replica.State, replica.Pid > 0)));
        Assert.Equal(3, replicas.Select(replica => replica.Url).Distinct().Count());
    }

    [Fact]
    public async Task A_replica_is_stopped_started_restarted_and_killed()
    {
        var first = await Program.ReplicaAsync("back-1");

        await OkAsync("back-1", "stop");
        Assert.Equal("Exited", (await Program.ReplicaAsync("back-1")).State);

        await OkAsync("back-1", "start");
        var started = await HealthyAsync("back-1", first.Pid);

        await OkAsync("back-1", "restart");
        var restarted = await HealthyAsync("back-1", started.Pid);

        await OkAsync("back-1", "kill");
        var killed = await HealthyAsync("back-1", restarted.Pid);

        Assert.Equal(first.Restarts + 3, killed.Restarts);
        Assert.Equal(first.Url, killed.Url);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong-token-of-some-length")]
    public async Task Changes_need_the_token(string? token)
    {
        var before = await Program.ReplicaAsync("front-1");

        using var answer = await Program.CommandAsync("front-1", "kill", token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(before.Pid, (await Program.ReplicaAsync("front-1")).Pid);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("shop.localhost")]
    public async Task It_answers_under_loopback_names_only(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/resources") { Headers = { Host = host } };
        using var answer = await Program.Api.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Other_sites_get_nothing_even_with_the_token(string header, string value)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
        {
            using var request = new HttpRequestMessage(method, method == HttpMethod.Get ? "/api/resources" : "/api/resources/front-1/kill");
            request.Headers.Add(header, value);
            request.Headers.Add("X-Runner-Token", SampleProgram.Token);
            using var answer = await Program.Api.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("nobody", "stop", HttpStatusCode.NotFound, "There is no replica 'nobody'. There are: back-1, back-2, front-1.")]
    [InlineData("front-1", "explode", HttpStatusCode.NotFound, "There is no command 'explode'. There are: start, stop, restart, kill.")]
    public async Task Unknown_names_are_named(string replica, string command, HttpStatusCode status, string message)
    {
        using var answer = await Program.CommandAsync(replica, command);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(message, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("title").GetString());
    }

    [Fact]
    public async Task The_output_is_there_as_list_as_text_and_live()
    {
        var replica = await Program.ReplicaAsync("front-1");
        using var front = new HttpClient { BaseAddress = new Uri(replica.Url!) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/resources/front-1/logs?after=0") { Headers = { { "Accept", "text/event-stream" } } };
        using var live = await Program.Api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var reader = new StreamReader(await live.Content.ReadAsStreamAsync(Cancellation));

        var words = $"words {Guid.NewGuid():N}";
        await front.PostAsync($"/say?text={Uri.EscapeDataString(words)}", null, Cancellation);

        string? line;
        while ((line = await reader.ReadLineAsync(Cancellation).AsTask().WaitAsync(Limit, Cancellation)) is not null && !line.Contains(words, StringComparison.Ordinal))
            Assert.True(line.Length == 0 || line.StartsWith("id: ", StringComparison.Ordinal) || line.StartsWith("data: {", StringComparison.Ordinal), line);
        var data = JsonSerializer.Deserialize<JsonElement>(line!["data: ".Length..]);
        Assert.Equal("Warning", data.GetProperty("level").GetString());

        var all = await Program.Api.GetFromJsonAsync<List<JsonElement>>("/api/resources/front-1/logs", Cancellation);
        Assert.Contains(all!, entry => entry.GetProperty("text").GetString()!.Contains(words, StringComparison.Ordinal));
        var after = data.GetProperty("sequence").GetInt64();
        Assert.DoesNotContain(
            (await Program.Api.GetFromJsonAsync<List<JsonElement>>($"/api/resources/front-1/logs?after={after}", Cancellation))!,
            entry => entry.GetProperty("sequence").GetInt64() <= after);
        Assert.Contains(words, await Program.Api.GetStringAsync("/api/resources/front-1/logs?format=text", Cancellation), StringComparison.Ordinal);
        await Poll.UntilAsync(() => Program.Output.Contains(words, StringComparison.Ordinal), Limit, "the console shows the warning", Cancellation);
        Assert.Contains("front-1 | ", Program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_is_shown_without_secrets()
    {
        var replica = await Program.ReplicaAsync("back-2");
        using var back = new HttpClient { BaseAddress = new Uri(replica.Url!) };
        var real = await back.GetFromJsonAsync<Dictionary<string, string>>("/environment", Cancellation);
        var shown = await Program.Api.GetStringAsync("/api/resources/back-2/environment", Cancellation);

        Assert.Contains("ASPNETCORE_URLS", shown, StringComparison.Ordinal);
        Assert.Contains("Sample__Key", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(real!["Sample__Key"], shown, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleProgram.Token, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere_and_runs_only_its_own_script()
    {
        using var answer = await Program.Api.GetAsync(new Uri("/", UriKind.Relative), Cancellation);
        var html = await answer.Content.ReadAsStringAsync(Cancellation);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(" src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleProgram.Token, html, StringComparison.Ordinal);
    }

    private async Task OkAsync(string replica, string command)
    {
        using var answer = await Program.CommandAsync(replica, command);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<SampleReplica> HealthyAsync(string name, int? notProcess)
    {
        SampleReplica? found = null;
        await Poll.UntilAsync(
            async () => (found = await Program.ReplicaAsync(name)) is { Health: "Healthy" } && found.Pid != notProcess, Limit, $"{name} is healthy again", Cancellation);
        return found!;
    }

    public sealed class Sample : IAsyncLifetime
    {
        private SampleProgram? _program;

        internal SampleProgram Program => _program!;

        public async ValueTask InitializeAsync() => _program = await SampleProgram.StartReadyAsync(new());

        public ValueTask DisposeAsync() => _program?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
