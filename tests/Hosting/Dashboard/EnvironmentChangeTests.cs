using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ShopSession.Hosting.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.Hosting.Tests.Dashboard;

public sealed class EnvironmentChangeTests(ApiTests.Sample sample) : IClassFixture<ApiTests.Sample>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SampleProgram Program => sample.Program;

    [Fact]
    public async Task A_change_reaches_all_replicas_of_the_resource_and_no_other_until_it_is_taken_back()
    {
        var front = await Program.ReplicaAsync("front-1");
        var name = $"Sample__{Guid.NewGuid():N}";

        var (status, changed) = await ChangeAsync("back", new() { [name] = "one", [name + "Token"] = "hush-hush" });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["back-1", "back-2"], Strings(changed, "restarted").Order());
        Assert.Contains(name, Strings(changed, "overridden"));
        Assert.DoesNotContain("hush-hush", changed.GetRawText(), StringComparison.Ordinal);
        foreach (var replica in new[] { "back-1", "back-2" }) Assert.Equal("one", await SeenAsync(replica, name));
        Assert.Null(await SeenAsync("front-1", name));
        Assert.Equal(front.Pid, (await Program.ReplicaAsync("front-1")).Pid);
        Assert.DoesNotContain("hush-hush", await Program.Api.GetStringAsync("/api/resources/back-1/environment", Cancellation), StringComparison.Ordinal);

        // Names that differ in case only are one setting to a service.
        await ChangeAsync("back", new() { [name.ToUpperInvariant()] = "two" });
        Assert.Equal("two", await SeenAsync("back-1", name.ToUpperInvariant()));
        Assert.Null(await SeenAsync("back-1", name));

        var (_, back) = await ChangeAsync("back", new() { [name] = null, [name + "Token"] = null });
        Assert.DoesNotContain(Strings(back, "overridden"), variable => variable.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        Assert.Null(await SeenAsync("back-2", name.ToUpperInvariant()));
    }

    [Fact]
    public async Task A_change_survives_a_crash_and_leaves_alone_what_was_stopped()
    {
        using (await Program.CommandAsync("back-2", "stop"))
        {
            var (_, changed) = await ChangeAsync("back", new() { ["Sample__Mode"] = "changed" });
            Assert.Equal(["back-1"], Strings(changed, "restarted"));
            Assert.Equal("Exited", (await Program.ReplicaAsync("back-2")).State);
        }

        var before = await HealthyAsync("back-1", null);
        using (await Program.CommandAsync("back-1", "kill")) await HealthyAsync("back-1", before.Pid);
        Assert.Equal("changed", await SeenAsync("back-1", "Sample__Mode"));
        using (await Program.CommandAsync("back-2", "start")) Assert.Equal("changed", await SeenAsync("back-2", "Sample__Mode"));
    }

    [Theory]
    [InlineData("nobody", HttpStatusCode.NotFound)]
    [InlineData("back-1", HttpStatusCode.NotFound)]
    public async Task A_resource_that_is_not_there_is_answered_with_those_that_are(string resource, HttpStatusCode expected)
    {
        var (status, problem) = await ChangeAsync(resource, new() { ["Sample__Mode"] = "x" });

        Assert.Equal(expected, status);
        Assert.EndsWith("There are: back, front.", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("""{"Sample__Mode": 5}""")]
    [InlineData("""{"Sample__Mode": "a", "Sample__Mode": "b"}""")]
    [InlineData("""{"Sample__Mode": "a", "sample__mode": "b"}""")]
    [InlineData("""{"Two words": "secret-value"}""")]
    [InlineData("""{"A=B": "secret-value"}""")]
    [InlineData("""{"": "secret-value"}""")]
    [InlineData("""{"Sample__Mode": "secret-value\nmore"}""")]
    [InlineData("""{"ASPNETCORE_URLS": "http://0.0.0.0:1"}""")]
    [InlineData("""{"otel_service_name": "secret-value"}""")]
    [InlineData("""{"Sample__RunnerToken": "secret-value"}""")]
    public async Task Names_and_values_that_cannot_be_are_refused_and_nothing_restarts(string body)
    {
        var before = await Program.ReplicasAsync();

        using var answer = await PostAsync("back", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("secret-value", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(before.Select(replica => replica.Restarts), (await Program.ReplicasAsync()).Select(replica => replica.Restarts));
    }

    [Fact]
    public async Task A_change_has_limits()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await ChangeAsync("back", Enumerable.Range(0, 65).ToDictionary(i => $"Sample__N{i}", string? (_) => "x"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ChangeAsync("back", new() { ["Sample__Mode"] = new string('x', 4097) })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ChangeAsync("back", new() { [new string('x', 129)] = "x" })).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ChangeAsync("back", new() { ["Sample__Mode"] = new string('x', 70_000) })).Status);
    }

    [Theory]
    [InlineData("X-Runner-Token", "wrong-token-of-some-length", HttpStatusCode.Unauthorized)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Host", "evil.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Nobody_else_changes_anything(string header, string value, HttpStatusCode expected)
    {
        using var answer = await PostAsync("back", """{"Sample__Mode": "evil"}""", (header, value));

        Assert.Equal(expected, answer.StatusCode);
        Assert.NotEqual("evil", await SeenAsync("back-1", "Sample__Mode"));
    }

    [Fact]
    public async Task The_panel_tells_what_may_be_chosen_and_what_is_in_force()
    {
        var before = await PanelAsync();
        Assert.Equal("Sample panel", before.GetProperty("title").GetString());
        Assert.Equal(["plain"], Strings(before.GetProperty("choices")[0], "inForce"));
        Assert.Equal("Be careful.", before.GetProperty("cautions")[0].GetProperty("text").GetString());

        await ChangeAsync("front", new() { ["Sample__Kind"] = "bold" });
        Assert.Equal(["plain", "bold"], Strings((await PanelAsync()).GetProperty("choices")[0], "inForce"));
        await ChangeAsync("back", new() { ["Sample__Kind"] = "bold", ["Sample__Permit"] = "yes" });
        var after = await PanelAsync();
        Assert.Equal(["bold"], Strings(after.GetProperty("choices")[0], "inForce"));
        Assert.True(after.GetProperty("permit").GetProperty("inForce").GetBoolean());

        await HealthyAsync("front-1", null);
        var serving = await Program.Api.GetFromJsonAsync<JsonElement>("/api/panel/serving", Cancellation);
        Assert.Equal("one", serving[0].GetProperty("name").GetString());
        // The question has a time limit of its own, and on a busy machine nobody may answer within it.
        await Poll.UntilAsync(
            async () => (await Program.Api.GetFromJsonAsync<JsonElement>("/api/panel/serving", Cancellation))[0].GetProperty("replica").GetString() is not null, Limit, "somebody serves", Cancellation);
        using (await Program.CommandAsync("front-1", "stop"))
            Assert.Equal(JsonValueKind.Null, (await Program.Api.GetFromJsonAsync<JsonElement>("/api/panel/serving", Cancellation))[0].GetProperty("replica").ValueKind);
        using (await Program.CommandAsync("front-1", "start")) await ChangeAsync("front", new() { ["Sample__Kind"] = null });
        await ChangeAsync("back", new() { ["Sample__Kind"] = null, ["Sample__Permit"] = null });
    }

    private Task<JsonElement> PanelAsync() => Program.Api.GetFromJsonAsync<JsonElement>("/api/panel", Cancellation);

    private static List<string> Strings(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    private async Task<(HttpStatusCode Status, JsonElement Answer)> ChangeAsync(string resource, Dictionary<string, string?> variables)
    {
        using var answer = await PostAsync(resource, JsonSerializer.Serialize(variables));
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    private async Task<HttpResponseMessage> PostAsync(string resource, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/resources/{resource}/environment") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers.Any(header => header.Name == "X-Runner-Token") ? headers : headers.Append(("X-Runner-Token", SampleProgram.Token)))
        {
            if (name == "Host") request.Headers.Host = value;
            else request.Headers.Add(name, value);
        }

        return await Program.Api.SendAsync(request, Cancellation);
    }

    /// <summary>What the replica's process itself sees, once it serves.</summary>
    private async Task<string?> SeenAsync(string replica, string variable)
    {
        var found = await HealthyAsync(replica, null);
        using var http = new HttpClient { BaseAddress = new Uri(found.Url!) };
        return (await http.GetFromJsonAsync<Dictionary<string, string>>("/environment", Cancellation))!.GetValueOrDefault(variable);
    }

    private async Task<SampleReplica> HealthyAsync(string name, int? notProcess)
    {
        SampleReplica? found = null;
        await Poll.UntilAsync(
            async () => (found = await Program.ReplicaAsync(name)) is { Health: "Healthy" } && found.Pid != notProcess, Limit, $"{name} is healthy", Cancellation);
        return found!;
    }
}
