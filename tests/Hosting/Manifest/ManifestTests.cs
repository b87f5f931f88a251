using System.Text;
using System.Text.Json.Nodes;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace ShopSession.Hosting.Tests.Manifest;

public sealed class ManifestTests
{
    /// <summary>The example of Aspire's format, put together from its own rules and samples.</summary>
    [Fact]
    public async Task It_is_what_Aspire_writes()
    {
        var manifest = await WriteAsync(builder =>
        {
            var cache = builder.AddRedis("cache").WithDataVolume();
            var domain = builder.AddParameter("cookie-domain", ".shop.localhost", publishValueAsDefault: true);
            var secret = builder.AddParameter("oidc-client-secret", secret: true);
            var auth = Project(builder, "auth", 2).WithReference(cache).WithEnvironment("Sso__CookieDomain", domain).WithEnvironment("Sso__ClientSecret", secret);
            var catalog = Project(builder, "catalog", 2).WithReference(cache);
            var cart = Project(builder, "cart", 3).WithReference(cache).WithReference(catalog);
            Project(builder, "gateway", 1).WithReference(auth).WithReference(cart).WithReference(catalog).WithExternalHttpEndpoints();
        });
        var resources = manifest["resources"]!.AsObject();

        Assert.Equal(
            ["cache", "cookie-domain", "oidc-client-secret", "auth", "catalog", "cart", "gateway", "cache-password", "cache-password-uri-encoded", "cond-cache-bindings-tcp-tlsenabled-3eddb73a"],
            resources.Select(resource => resource.Key));
        Same(resources["cookie-domain"]!, """{"type": "parameter.v0", "value": "{cookie-domain.inputs.value}", "inputs": {"value": {"type": "string", "default": {"value": ".shop.localhost"}}}}""");
        Same(resources["oidc-client-secret"]!, """{"type": "parameter.v0", "value": "{oidc-client-secret.inputs.value}", "inputs": {"value": {"type": "string", "secret": true}}}""");
        Same(resources["cart"]!, """
            {
              "type": "project.v0", "path": "src/cart/cart.csproj",
              "env": {
                "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY": "in_memory", "ASPNETCORE_FORWARDEDHEADERS_ENABLED": "true", "HTTP_PORTS": "{cart.bindings.http.targetPort}",
                "ConnectionStrings__cache": "{cache.connectionString}", "CACHE_HOST": "{cache.bindings.tcp.host}", "CACHE_PORT": "{cache.bindings.tcp.port}", "CACHE_PASSWORD": "{cache-password.value}",
                "CACHE_URI": "{cache.bindings.tcp.scheme}://:{cache-password-uri-encoded.value}@{cache.bindings.tcp.host}:{cache.bindings.tcp.port}", "CATALOG_HTTP": "{catalog.bindings.http.url}",
                "services__catalog__http__0": "{catalog.bindings.http.url}", "CATALOG_HTTPS": "{catalog.bindings.https.url}", "services__catalog__https__0": "{catalog.bindings.https.url}" },
              "bindings": {"http": {"scheme": "http", "protocol": "tcp", "transport": "http"}, "https": {"scheme": "https", "protocol": "tcp", "transport": "http"}} }
            """);
        Same(resources["gateway"]!["bindings"]!, """{"http": {"scheme": "http", "protocol": "tcp", "transport": "http", "external": true}, "https": {"scheme": "https", "protocol": "tcp", "transport": "http", "external": true}}""");
        Same(resources["cache-password"]!, """{"type": "parameter.v0", "value": "{cache-password.inputs.value}", "inputs": {"value": {"type": "string", "secret": true, "default": {"generate": {"minLength": 22, "special": false}}}}}""");
        Same(resources["cache-password-uri-encoded"]!, """{"type": "annotated.string", "value": "{cache-password.value}", "filter": "uri"}""");
        Same(resources["cond-cache-bindings-tcp-tlsenabled-3eddb73a"]!, """{"type": "value.v0", "connectionString": ""}""");
        var cache = resources["cache"]!.AsObject();
        Assert.Equal(["type", "connectionString", "image", "entrypoint", "args", "volumes", "env", "bindings"], cache.Select(property => property.Key));
        Assert.Equal("{cache.bindings.tcp.host}:{cache.bindings.tcp.port},password={cache-password.value}{cond-cache-bindings-tcp-tlsenabled-3eddb73a.connectionString}", (string?)cache["connectionString"]);
        Same(cache["args"]!, """["-c", "redis-server --requirepass $REDIS_PASSWORD --save 60 1"]""");
        Same(cache["bindings"]!, """{"tcp": {"scheme": "redis", "protocol": "tcp", "transport": "tcp", "targetPort": 6379}}""");
    }

    [Fact]
    public async Task Executables_connection_strings_and_what_is_left_out()
    {
        var manifest = await WriteAsync(builder =>
        {
            var given = builder.AddConnectionString("given");
            builder.AddConnectionString("made", ReferenceExpression.Create($"Server={given};Extra"));
            builder.AddExecutable("tool", "node", "tools", "server.js").WithHttpEndpoint(port: 3000).WithReference(given);
            builder.AddParameter("hidden", "x").ExcludeFromManifest();
            builder.AddParameter("own", "x").WithManifestPublishingCallback(context => context.Writer.WriteString("type", "own.v0"));
        });
        var resources = manifest["resources"]!.AsObject();

        Assert.Equal(["given", "made", "tool", "own"], resources.Select(resource => resource.Key));
        Same(resources["given"]!, """{"type": "parameter.v0", "connectionString": "{given.value}", "value": "{given.inputs.value}", "inputs": {"value": {"type": "string", "secret": true}}}""");
        Same(resources["made"]!, """{"type": "value.v0", "connectionString": "Server={given.connectionString};Extra"}""");
        Same(resources["tool"]!, """
            {"type": "executable.v0", "workingDirectory": "tools", "command": "node", "args": ["server.js"], "env": {"ConnectionStrings__given": "{given.connectionString}"},
             "bindings": {"http": {"scheme": "http", "protocol": "tcp", "transport": "http", "port": 3000}}}
            """);
        Same(resources["own"]!, """{"type": "own.v0"}""");
    }

    private static void Same(JsonNode actual, string expected) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual.ToJsonString());

    private static IResourceBuilder<ProjectResource> Project(IDistributedApplicationBuilder builder, string name, int replicas) =>
        builder.AddProject(name, $"src/{name}/{name}.csproj", launchProfileName: null).WithHttpEndpoint().WithHttpsEndpoint().WithReplicas(replicas);

    private static async Task<JsonNode> WriteAsync(Action<IDistributedApplicationBuilder> describe)
    {
        using var builder = DistributedApplicationTestingBuilder.Create(
            ["--publisher", "manifest", "--output-path", "unused"], static (options, _) => options.ProjectDirectory = AppContext.BaseDirectory);
        Assert.True(builder.ExecutionContext.IsPublishMode);
        describe(builder);
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        using var stream = new MemoryStream();
        await app.Services.GetRequiredService<ManifestPublisher>().WriteAsync(stream, Path.Combine(AppContext.BaseDirectory, "aspire-manifest.json"), TestContext.Current.CancellationToken);
        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
    }
}
