var builder = DistributedApplication.CreateBuilder(args);

var key = builder.AddParameter("key", new GenerateParameterDefault { MinLength = 30, Special = false }, secret: true);
var back = builder.AddProject<Projects.SampleService>("back")
    .WithHttpEndpoint()
    .WithReplicas(builder.Configuration.GetValue("Sample:Replicas", 2))
    .WithHttpHealthCheck("/health")
    .WithEnvironment("Sample__Key", key);
var front = builder.AddProject<Projects.SampleService>("front")
    .WithHttpEndpoint(port: builder.Configuration.GetValue("Sample:Port", 18080))
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(back)
    .WaitFor(back)
    .WithUrl("/arguments", "Sample");

if (builder.Configuration["Sample:FailAtStart"] is { } failure)
    front.WithEnvironment("Sample__FailAtStart", failure);
if (builder.Configuration.GetValue("Sample:Stubborn", false))
    front.WithEnvironment("Sample__Stubborn", "true");
if (builder.Configuration.GetConnectionString("store") is { Length: > 0 })
    back.WithReference(builder.AddConnectionString("store"));
else if (builder.Configuration.GetValue("Sample:WithStore", false))
    back.WithReference(builder.AddRedis("store").WithDataVolume());

builder.Build().Run();
