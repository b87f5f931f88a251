namespace Aspire.Hosting.Processes;

/// <summary>A process to start.</summary>
/// <param name="FileName">The program, as an absolute path.</param>
/// <param name="Arguments">Its arguments, without the program.</param>
/// <param name="WorkingDirectory">Where it runs.</param>
/// <param name="Environment">All its environment variables; none are inherited.</param>
internal sealed record ProcessSpec(
    string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>What the process reads from its standard input, which then ends. Secrets go here: arguments are visible to everybody.</summary>
    public string StandardInput { get; init; } = "";
}

/// <summary>A started process. Safe for concurrent use.</summary>
internal interface IChildProcess : IDisposable
{
    int Id { get; }

    Stream Output { get; }

    Stream Error { get; }

    /// <summary>Its exit code; 128 + signal when a signal ended it.</summary>
    Task<int> Exited { get; }

    /// <summary>Asks the process to end. Does nothing when it has ended.</summary>
    void Terminate();

    /// <summary>Ends the process at once. Does nothing when it has ended.</summary>
    void Kill();
}

/// <summary>Starts processes that never outlive this one, however it ends, and that no Ctrl+C in the terminal reaches but through it.</summary>
internal interface IProcessLauncher : IDisposable
{
    /// <exception cref="DistributedApplicationException">The program cannot be started.</exception>
    IChildProcess Start(ProcessSpec spec);
}

internal static class ProcessLauncher
{
    public static IProcessLauncher Create() => OperatingSystem.IsWindows() ? new WindowsProcessLauncher() : new UnixProcessLauncher();
}
