namespace Aspire.Hosting;

/// <summary>What the application host was started for.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>To run the application here.</summary>
    Run = 0,

    /// <summary>To describe it for a deployment.</summary>
    Publish = 1,
}

/// <summary>Tells whether the application is run or published.</summary>
public class DistributedApplicationExecutionContext
{
    private readonly DistributedApplicationExecutionContextOptions _options;

    /// <summary>Makes a context.</summary>
    /// <param name="operation">What the host was started for.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
        : this(new DistributedApplicationExecutionContextOptions(operation))
    {
    }

    /// <summary>Makes a context.</summary>
    /// <param name="operation">What the host was started for.</param>
    /// <param name="publisherName">Who publishes.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName)
        : this(new DistributedApplicationExecutionContextOptions(operation, publisherName))
    {
    }

    /// <summary>Makes a context.</summary>
    /// <param name="options">Its values.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationExecutionContextOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>What the host was started for.</summary>
    public DistributedApplicationOperation Operation => _options.Operation;

    /// <summary>Who publishes.</summary>
    public string PublisherName => _options.PublisherName;

    /// <summary>Whether the application is published.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>Whether the application is run.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>The application's services.</summary>
    /// <exception cref="InvalidOperationException">The application is not built yet.</exception>
    public IServiceProvider ServiceProvider => _options.ServiceProvider
        ?? throw new InvalidOperationException("The services are there once the application is built; this is too early.");
}

/// <summary>The values of a <see cref="DistributedApplicationExecutionContext"/>.</summary>
/// <param name="operation">What the host was started for.</param>
/// <param name="publisherName">Who publishes.</param>
public class DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation, string publisherName = "manifest")
{
    /// <summary>What the host was started for.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>Who publishes.</summary>
    public string PublisherName { get; } = publisherName;

    /// <summary>The application's services, once it is built.</summary>
    public IServiceProvider? ServiceProvider { get; set; }
}
