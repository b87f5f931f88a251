using System.Globalization;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Running;
using ShopSession.Hosting;

namespace Aspire.Hosting.Redis;

/// <summary>Runs the store as a process on loopback: <c>redis-server</c> or <c>valkey-server</c> where there is one, else the embedded store.</summary>
internal sealed class RedisPlan : IProcessPlan
{
    // Of the embedded store; its arguments would be visible to every user of the machine.
    private const string EmbeddedPasswordVariable = "Store__Password";

    private readonly RedisResource _resource;
    private readonly StoreProgram _program;

    public RedisPlan(RedisResource resource, RunnerEnvironment environment, Assembly? appHost)
    {
        _resource = resource;
        _program = StoreProgram.Choose(environment, appHost);
        var mount = resource.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault();

        // Each store has its own format: in one folder they would not read one another's data, but might well overwrite it.
        var folder = _program.IsEmbedded ? resource.Name + "-embedded" : resource.Name;
        DataDirectory = mount switch
        {
            null => null,
            { Type: ContainerMountType.BindMount, Source: { } source } => Path.GetFullPath(source, environment.AppHostDirectory),
            _ => Path.Combine(environment.DataDirectory, folder),
        };
    }

    public string Source => _program.Description;

    /// <summary>Where its data is; <see langword="null"/>: it keeps none.</summary>
    public string? DataDirectory { get; }

    public ValueTask<ProcessSpec> PrepareAsync(
        Replica replica, Dictionary<string, string> environment, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var port = _resource.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture);
        var password = _resource.PasswordParameter?.Value;
        var directory = DataDirectory ?? Path.GetTempPath();
        Directory.CreateDirectory(directory);
        if (!_program.IsEmbedded)
            return new(new ProcessSpec(_program.Path, ["-", .. arguments], directory, environment) { StandardInput = Configuration(port, directory, password) });
        string[] kept = DataDirectory is null ? [] : ["--dir", directory, "--appendfsync", "everysec"];
        if (password is not null)
            environment[EmbeddedPasswordVariable] = password;
        return new(new ProcessSpec(ProgramPath.Dotnet, [_program.Path, "--port", port, .. kept, .. arguments], directory, environment));
    }

    /// <summary>Read from the standard input, so that no other user of the machine sees the password among the arguments.</summary>
    private string Configuration(string port, string directory, string? password) => $"""
        port {port}
        bind 127.0.0.1
        protected-mode yes
        daemonize no
        dir {Quote(directory)}
        appendonly {(DataDirectory is null ? "no" : "yes")}
        appendfsync everysec
        save ""
        {(password is null ? "" : $"requirepass {Quote(password)}")}

        """;

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
