using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Aspire.Hosting.Processes;

/// <summary>
/// <c>posix_spawn</c> and <c>waitpid</c>. <see cref="System.Diagnostics.Process"/> can put a child neither into another process group, which keeps
/// the terminal's Ctrl+C from it, nor into one that can be ended as a whole.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe partial class PosixSpawn
{
    public const int SigTerm = 15, SigKill = 9;

    // Opaque types of the C library: at most 336 bytes in glibc, musl and macOS.
    private const int OpaqueBytes = 512;
    private const int ErrorInterrupted = 4, ErrorNoEntry = 2, ErrorAccess = 13;
    private const short SetGroup = 2, SetDefaultSignals = 4, SetSignalMask = 8;
    private const int WaitById = 1, WaitExited = 4;

    private static readonly int WaitNoReap = OperatingSystem.IsMacOS() ? 0x20 : 0x01000000;
    private static readonly int SigChild = OperatingSystem.IsMacOS() ? 20 : 17;

    public static int Start(ProcessSpec spec, int processGroup, SafePipeHandle input, SafePipeHandle output, SafePipeHandle error)
    {
        byte* actions = stackalloc byte[OpaqueBytes], attributes = stackalloc byte[OpaqueBytes], signals = stackalloc byte[OpaqueBytes];
        var arguments = new NativeStrings([spec.FileName, .. spec.Arguments]);
        var environment = new NativeStrings([.. spec.Environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        Check(posix_spawn_file_actions_init(actions));
        Check(posix_spawnattr_init(attributes));
        try
        {
            Check(posix_spawn_file_actions_addchdir_np(actions, spec.WorkingDirectory));
            Check(posix_spawn_file_actions_adddup2(actions, (int)input.DangerousGetHandle(), 0));
            Check(posix_spawn_file_actions_adddup2(actions, (int)output.DangerousGetHandle(), 1));
            Check(posix_spawn_file_actions_adddup2(actions, (int)error.DangerousGetHandle(), 2));

            // This process ignores and blocks signals in its own way; a child starts as if from a shell.
            _ = sigemptyset(signals);
            Check(posix_spawnattr_setsigmask(attributes, signals));
            foreach (var signal in (ReadOnlySpan<int>)[1, 2, 3, 13, SigTerm, SigChild])
                _ = sigaddset(signals, signal);
            Check(posix_spawnattr_setsigdefault(attributes, signals));
            Check(posix_spawnattr_setpgroup(attributes, processGroup));
            Check(posix_spawnattr_setflags(attributes, SetGroup | SetDefaultSignals | SetSignalMask));

            var problem = posix_spawn(out var id, spec.FileName, actions, attributes, arguments.Pointer, environment.Pointer);
            return problem == 0 ? id : throw Failure(spec, problem);
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
            arguments.Free();
            environment.Free();
        }
    }

    /// <param name="id">A process; negative: all of a process group.</param>
    /// <param name="signal">The signal.</param>
    public static void Kill(int id, int signal) => _ = kill(id, signal);

    public static int ParentId() => getppid();

    /// <summary>Returns when the child has ended, leaving it to be reaped.</summary>
    public static void WaitUntilZombie(int id)
    {
        var info = stackalloc byte[OpaqueBytes];
        while (waitid(WaitById, id, info, WaitExited | WaitNoReap) != 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted)
        {
        }
    }

    /// <summary>The exit code, 128 + signal when a signal ended the child, -1 when somebody else has reaped it.</summary>
    public static int Reap(int id)
    {
        int status, result;
        while ((result = waitpid(id, &status, 0)) < 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted)
        {
        }

        var signal = status & 0x7f;
        return result != id ? -1 : signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    private static DistributedApplicationException Failure(ProcessSpec spec, int problem) => new(problem switch
    {
        ErrorNoEntry when !Directory.Exists(spec.WorkingDirectory) => $"Cannot start {spec.FileName}: its working directory {spec.WorkingDirectory} does not exist.",
        ErrorNoEntry => $"Cannot start {spec.FileName}: there is no such program.",
        ErrorAccess => $"Cannot start {spec.FileName}: it is not executable, or its folder may not be entered.",
        _ => string.Create(CultureInfo.InvariantCulture, $"Cannot start {spec.FileName}: {Marshal.GetPInvokeErrorMessage(problem)} (error {problem})."),
    });

    private static void Check(int problem)
    {
        if (problem != 0)
            throw new DistributedApplicationException($"Cannot prepare the start of a process: {Marshal.GetPInvokeErrorMessage(problem)}.");
    }

    /// <summary>A null-terminated array of C strings.</summary>
    private readonly struct NativeStrings
    {
        private readonly int _count;

        public NativeStrings(IReadOnlyList<string> values)
        {
            _count = values.Count;
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(values.Count + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < values.Count; i++)
                Pointer[i] = (byte*)Marshal.StringToCoTaskMemUTF8(values[i]);
        }

        public byte** Pointer { get; }

        public void Free()
        {
            for (var i = 0; i < _count; i++)
                Marshal.FreeCoTaskMem((nint)Pointer[i]);
            NativeMemory.Free(Pointer);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(out int pid, string path, byte* actions, byte* attributes, byte** argv, byte** envp);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string path);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setpgroup(byte* attributes, int group);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int sigemptyset(byte* signals);

    [LibraryImport("libc")]
    private static partial int sigaddset(byte* signals, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int id, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitid(int kind, int id, byte* info, int options);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int id, int* status, int options);

    [LibraryImport("libc")]
    private static partial int getppid();
}
