namespace Aspire.Hosting.ApplicationModel;

/// <summary>The words for states.</summary>
public static class KnownResourceStates
{
    /// <summary>There, without a process of its own.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>Being built.</summary>
    public static readonly string Building = nameof(Building);

    /// <summary>Ended, by request or by itself.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>Could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>Ended by itself with exit code 0, its work done.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>Not started yet.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>Running.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>What runs it does not work.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>Being started.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>Asked to end.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>A parameter without a value.</summary>
    public static readonly string ValueMissing = nameof(ValueMissing);

    /// <summary>Waits for others.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>The states that a resource does not leave by itself.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}

/// <summary>The words for styles of states.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>Something went wrong.</summary>
    public static readonly string Error = "error";

    /// <summary>All is well.</summary>
    public static readonly string Success = "success";

    /// <summary>Worth knowing.</summary>
    public static readonly string Info = "info";

    /// <summary>Worth a look.</summary>
    public static readonly string Warn = "warn";
}
