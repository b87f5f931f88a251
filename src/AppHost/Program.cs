var builder = DistributedApplication.CreateBuilder(args);

var replicas = builder.Configuration.GetValue("Shop:Replicas", 2);
var domain = builder.AddParameter("domain", builder.Configuration["Shop:Domain"] ?? "shop.localhost", publishValueAsDefault: true);
var gatewayKey = builder.AddParameter("gateway-key", new GenerateParameterDefault { MinLength = 43, Special = false }, secret: true);
var data = Path.GetFullPath(builder.Configuration["Shop:DataDirectory"] ?? Path.Combine(builder.AppHostDirectory, "../../.data"));

// Sessions, carts, the key ring. The one that is given, or one of our own.
IResourceBuilder<IResourceWithConnectionString> redis = builder.Configuration.GetConnectionString("redis") is { Length: > 0 }
    ? builder.AddConnectionString("redis")
    : builder.AddRedis("redis").WithDataVolume();

var auth = builder.AddProject<Projects.Auth>("auth");
var catalog = builder.AddProject<Projects.Catalog>("catalog");
var cart = builder.AddProject<Projects.Cart>("cart");
var gateway = builder.AddProject<Projects.Gateway>("gateway")
    .WithHttpEndpoint(port: builder.Configuration.GetValue("Shop:Port", 8080))
    .WithExternalHttpEndpoints();

// Each service asks others (prices, stock, an account's addresses, the cart's count in the header), and replicas that copy every session to one another need all addresses: also those of their own service, and
// also where they do not yet, since the strategy may be switched while the shop runs (docs/strategies.md).
foreach (var service in (IResourceBuilder<ProjectResource>[])[auth, catalog, cart])
    service.WithHttpEndpoint().WithReplicas(replicas).WithReference(redis).WaitFor(redis).WithReference(auth).WithReference(catalog).WithReference(cart);

gateway.WithReference(auth).WithReference(catalog).WithReference(cart).WithReference(redis);

foreach (var part in (IResourceBuilder<ProjectResource>[])[auth, catalog, cart, gateway])
{
    part.WithHttpHealthCheck("/health")
        .WithEnvironment("Shop__Domain", domain)
        .WithEnvironment("Shop__Port", gateway.GetEndpoint("http").Property(EndpointProperty.Port))
        .WithEnvironment("Shop__GatewayKey", gatewayKey);
    if (builder.ExecutionContext.IsRunMode)
        part.WithEnvironment("Shop__DataDirectory", data).WithEnvironment("Shop__Replicas", builder.Configuration["Shop:Replicas"] ?? "2").WithEnvironment("Shop__DemoAccount", "true");
}

gateway.WithUrl($"http://{domain}:{gateway.GetEndpoint("http").Property(EndpointProperty.Port)}", "Shop");

builder.Build().Run();
