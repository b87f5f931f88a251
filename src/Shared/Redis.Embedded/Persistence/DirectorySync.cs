using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>Brings a renaming to the disk. Without it a power cut could bring the old file back under the name of the new one.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;

    public static void Synchronise(string directory)
    {
        using var handle = Open(directory);
        Synchronise(handle);
    }

    /// <summary>For <see cref="Synchronise(SafeFileHandle?)"/>; to be opened before a renaming, which must not happen when there is no handle left for what follows it.</summary>
    public static SafeFileHandle? Open(string directory)
    {
        // Windows journals renamings itself and has no call for it.
        if (OperatingSystem.IsWindows()) return null;
        var handle = new SafeFileHandle(Open(directory, ReadOnly), ownsHandle: true);
        return handle.IsInvalid ? throw new IOException($"The directory {directory} could not be opened (error {Marshal.GetLastPInvokeError()}).") : handle;
    }

    public static void Synchronise(SafeFileHandle? directory)
    {
        if (directory is not null && Fsync(directory) != 0) throw new IOException($"The directory could not be synchronised (error {Marshal.GetLastPInvokeError()}).");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(SafeFileHandle handle);
}
