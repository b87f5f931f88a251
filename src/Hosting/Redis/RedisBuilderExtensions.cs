using System.Globalization;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.Redis;

namespace Aspire.Hosting;

/// <summary>Adds Redis stores to the model.</summary>
public static class RedisBuilderExtensions
{
    private const int ContainerPort = 6379;
    private const string ContainerDataPath = "/data";

    /// <summary>Adds a store on a given port, with a generated password.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port) =>
        builder.AddRedis(name, port, null);

    /// <summary>Adds a store.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name, and the name of its connection string.</param>
    /// <param name="port">The port that it listens on here; <see langword="null"/>: any free one.</param>
    /// <param name="password">Its password; <see langword="null"/>: a new one at each start.</param>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateGeneratedParameter(
            builder, name + "-password", secret: true, new GenerateParameterDefault { Special = false });
        var redis = new RedisResource(name, secret);
        return builder.AddResource(redis)
            .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "redis", name: RedisResource.PrimaryEndpointName, port: port, targetPort: null)
            {
                TargetHost = "127.0.0.1",
                Transport = "tcp",
            })
            .WithAnnotation(new ContainerImageAnnotation { Registry = "docker.io", Image = "library/redis", Tag = "8.6" })
            .WithAnnotation(new ContainerTargetPortAnnotation(ContainerPort))
            .WithAnnotation(new ReplicaProbeAnnotation($"{name}_check", (_, token) => ProbeAsync(redis, token)))
            .WithEnvironment(context => SetPassword(context, redis))
            .WithArgs(context => ContainerArguments(context, redis));
    }

    /// <summary>Keeps the data over restarts: a volume when deployed, a folder of the data directory here.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var volume = name ?? VolumeName.Generate(builder.ApplicationBuilder, builder.Resource.Name, "data");
        builder.WithAnnotation(new ContainerMountAnnotation(volume, ContainerDataPath, ContainerMountType.Volume, isReadOnly));
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Keeps the data in a folder of this machine.</summary>
    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        builder.WithAnnotation(new ContainerMountAnnotation(source, ContainerDataPath, ContainerMountType.BindMount, isReadOnly));
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Sets how often a deployed store writes a snapshot. The store that runs here appends every write to a file within a second.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(
            new RedisPersistenceAnnotation(interval ?? TimeSpan.FromSeconds(60), keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets the password; <see langword="null"/>: none.</summary>
    public static IResourceBuilder<RedisResource> WithPassword(this IResourceBuilder<RedisResource> builder, IResourceBuilder<ParameterResource>? password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.PasswordParameter = password?.Resource;
        return builder;
    }

    /// <summary>Sets the port that the store listens on here.</summary>
    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port) =>
        builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);

    private static Task<string?> ProbeAsync(RedisResource redis, CancellationToken cancellationToken)
    {
        var endpoint = redis.PrimaryEndpoint;
        return RedisProbe.CheckAsync(new([(endpoint.Host, endpoint.Port)], null, redis.PasswordParameter?.Value, redis.TlsEnabled, null), cancellationToken);
    }

    private static void SetPassword(EnvironmentCallbackContext context, RedisResource redis)
    {
        if (context.ExecutionContext.IsPublishMode && redis.PasswordParameter is { } password)
            context.EnvironmentVariables["REDIS_PASSWORD"] = password;
    }

    private static void ContainerArguments(CommandLineArgsCallbackContext context, RedisResource redis)
    {
        if (!context.ExecutionContext.IsPublishMode)
            return;
        redis.Entrypoint = "/bin/sh";
        var command = "redis-server";
        if (redis.PasswordParameter is not null)
            command += " --requirepass $REDIS_PASSWORD";
        if (redis.Annotations.OfType<RedisPersistenceAnnotation>().LastOrDefault() is { } persistence)
            command += string.Create(CultureInfo.InvariantCulture, $" --save {persistence.Interval.TotalSeconds:0} {persistence.KeysChanged}");
        context.Args.Add("-c");
        context.Args.Add(command);
    }
}

/// <summary>How often a deployed store writes a snapshot.</summary>
internal sealed record RedisPersistenceAnnotation(TimeSpan Interval, long KeysChanged) : IResourceAnnotation;

/// <summary>The port that a container listens on inside.</summary>
internal sealed record ContainerTargetPortAnnotation(int Port) : IResourceAnnotation;
