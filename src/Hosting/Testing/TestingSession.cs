using System.Reflection;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using ShopSession.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Connects a test with the application host's program, which runs on a thread of its own: the program describes the application, the test
/// looks at the description while the program waits in <c>Build</c>, and drives the application while the program waits in <c>Run</c>.
/// </summary>
internal sealed class TestingSession : IDisposable
{
    private const string RandomizePortsKey = "DcpPublisher:RandomizePorts";

    private static readonly AsyncLocal<TestingSession?> Ambient = new();

    private readonly string[] _args;
    private readonly Action<DistributedApplicationOptions, HostApplicationBuilderSettings>? _configure;
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _described = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PortAllocator _ports = new();
    private string? _privateDirectory;

    public TestingSession(Assembly appHost, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings>? configure)
    {
        AppHostAssembly = appHost;
        _args = args;
        _configure = configure;
    }

    public static TestingSession? Current => Ambient.Value;

    public Assembly AppHostAssembly { get; }

    public Task<DistributedApplicationBuilder> Described => _described.Task;

    public Task<DistributedApplication> Application => _application.Task;

    public Task Ended => _ended.Task;

    /// <summary>Runs the program from its entry point.</summary>
    public void StartProgram() => new Thread(RunProgram) { IsBackground = true, Name = "application host under test" }.Start();

    /// <summary>Runs what describes the application in the test itself.</summary>
    public T Describe<T>(Func<T> describe)
    {
        Ambient.Value = this;
        try
        {
            return describe();
        }
        finally
        {
            Ambient.Value = null;
        }
    }

    public void Configure(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        // As under Aspire: no page, unless the test asks for it.
        options.DisableDashboard = true;
        options.Args = settings.Args = _args;
        settings.EnvironmentName = Environments.Development;
        _configure?.Invoke(options, settings);
    }

    public static bool RandomizePorts(IConfiguration configuration) => configuration.GetValue(RandomizePortsKey, true);

    /// <summary>Free ports and a private data directory, wherever the test's arguments do not say otherwise.</summary>
    public void ApplyDefaults(RunnerOptions options, ConfigurationManager configuration)
    {
        var given = new ConfigurationBuilder().AddCommandLine(_args).Build();
        if (options.DataDirectory is { } directory && given[directory.Key] is null)
            configuration[directory.Key] = _privateDirectory ??= Directory.CreateTempSubdirectory("apphost-test-").FullName;
        if (!RandomizePorts(configuration))
            return;
        foreach (var setting in options.Settings.Where(setting => setting.Kind == RunnerSettingKind.Port && given[setting.Key] is null))
            configuration[setting.Key] = _ports.Next().ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public void BeforeBuild(DistributedApplicationBuilder builder)
    {
        if (!_described.TrySetResult(builder) || Ambient.Value is null)
            return;

        // The program's own thread; nothing else runs on it.
        _mayBuild.Task.GetAwaiter().GetResult();
    }

    public void MayBuild() => _mayBuild.TrySetResult();

    public void Built(DistributedApplication application) => _application.TrySetResult(application);

    public void End()
    {
        _mayBuild.TrySetCanceled();
        _ended.TrySetResult();
    }

    public void Dispose()
    {
        End();
        _ports.Dispose();
        if (_privateDirectory is null)
            return;
        try
        {
            Directory.Delete(_privateDirectory, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The test has removed it.
        }

        _privateDirectory = null;
    }

    private void RunProgram()
    {
        Ambient.Value = this;
        try
        {
            var entry = AppHostAssembly.EntryPoint ?? throw new InvalidOperationException($"{AppHostAssembly.GetName().Name} has no entry point: it is not a program.");
            object?[] parameters = entry.GetParameters().Length == 0 ? [] : [_args];
            if (entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, parameters, null) is Task task)
                task.GetAwaiter().GetResult();
            Fail(new InvalidOperationException($"{AppHostAssembly.GetName().Name} ended without building an application."));
        }
#pragma warning disable CA1031 // Whatever the program throws is the test's to see; on this thread it would end the test run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        _described.TrySetException(exception);
        _application.TrySetException(exception);
    }
}
