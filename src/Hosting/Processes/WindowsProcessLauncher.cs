using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Aspire.Hosting.Processes;

/// <summary>
/// Starts processes while this one sits in a job object that ends all its members when its last handle is closed. Children join the job by
/// themselves; the only handle belongs to this process and closes with it, however it ends.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsProcessLauncher : IProcessLauncher
{
    private const int ExtendedLimitInformation = 9;
    private const uint KillOnJobClose = 0x2000;

    // Never disposed by hand: closing it ends this process too.
    private static readonly Lazy<SafeFileHandle> Job = new(CreateJob);

    public IChildProcess Start(ProcessSpec spec)
    {
        _ = Job.Value;
        var info = new ProcessStartInfo(spec.FileName, spec.Arguments)
        {
            WorkingDirectory = spec.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNewProcessGroup = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
            info.Environment[name] = value;
        try
        {
            return new WindowsChildProcess(Process.Start(info)!, spec.StandardInput);
        }
        catch (Win32Exception exception)
        {
            throw new DistributedApplicationException($"Cannot start {spec.FileName}: {exception.Message}", exception);
        }
    }

    public void Dispose()
    {
    }

    private static unsafe SafeFileHandle CreateJob()
    {
        var job = CreateJobObject(0, null);
        var limits = new ExtendedLimits { LimitFlags = KillOnJobClose };
        if (job.IsInvalid
            || !SetInformationJobObject(job, ExtendedLimitInformation, &limits, (uint)sizeof(ExtendedLimits))
            || !AssignProcessToJobObject(job, Process.GetCurrentProcess().SafeHandle))
            throw new DistributedApplicationException(
                $"Cannot make sure that processes end with this one: {Marshal.GetLastPInvokeErrorMessage()}");
        return job;
    }

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION; only the flags matter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct ExtendedLimits
    {
        public long PerProcessUserTime, PerJobUserTime;
        public uint LimitFlags;
        public nuint MinimumWorkingSet, MaximumWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint PriorityClass, SchedulingClass;
        public fixed ulong IoCounters[6];
        public nuint ProcessMemory, JobMemory, PeakProcessMemory, PeakJobMemory;
    }

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateJobObject(nint attributes, string? name);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool SetInformationJobObject(SafeFileHandle job, int kind, void* information, uint length);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GenerateConsoleCtrlEvent(uint controlEvent, uint processGroup);

    private sealed class WindowsChildProcess : IChildProcess
    {
        private const uint CtrlBreak = 1;

        private readonly Process _process;

        public WindowsChildProcess(Process process, string input)
        {
            _process = process;
            Id = process.Id;
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            Exited = WaitAsync();
        }

        public int Id { get; }

        public Stream Output => _process.StandardOutput.BaseStream;

        public Stream Error => _process.StandardError.BaseStream;

        public Task<int> Exited { get; }

        public void Terminate() => _ = GenerateConsoleCtrlEvent(CtrlBreak, (uint)Id);

        public void Kill()
        {
            try
            {
                _process.Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException)
            {
                // It has ended by itself.
            }
        }

        public void Dispose() => _process.Dispose();

        private async Task<int> WaitAsync()
        {
            await _process.WaitForExitAsync();
            return _process.ExitCode;
        }
    }
}
