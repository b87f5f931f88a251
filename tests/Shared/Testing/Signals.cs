using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ShopSession.Testing;

/// <summary>Unix signals to a process that a test has started.</summary>
public static partial class Signals
{
    private const int SigStop = 19;
    private const int SigCont = 18;
    private const int SigTerm = 15;

    /// <summary>Stops the process without ending it (SIGSTOP): its sockets stay open and nothing answers.</summary>
    public static void Pause(int processId) => Send(processId, SigStop);

    /// <summary>Lets a paused process go on (SIGCONT).</summary>
    public static void Resume(int processId) => Send(processId, SigCont);

    /// <summary>Asks the process to end in order (SIGTERM).</summary>
    public static void Terminate(int processId) => Send(processId, SigTerm);

    private static void Send(int processId, int signal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(processId, 1);
        if (Kill(processId, signal) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), $"kill({processId}, {signal}) failed.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
