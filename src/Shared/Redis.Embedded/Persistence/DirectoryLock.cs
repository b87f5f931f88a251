using System.Globalization;
using System.Security;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>Makes one process the only one that uses a data directory. The system gives the lock back when the process ends, however it ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string LockName = "store.lock";
    private const string OwnerName = "store.pid";
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="StoreDataException">The directory cannot be written, or another process uses it.</exception>
    public static DirectoryLock Acquire(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StoreDataException($"The data directory {directory} cannot be created: {e.Message} Name a writable one with --dir.", e);
        }

        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or SecurityException)
        {
            throw new StoreDataException($"The data directory {directory} is not writable for this user. Change its permissions or name another one with --dir.", e);
        }
        catch (IOException e) when (e.GetType() != typeof(IOException) || !IsSharingViolation(e))
        {
            throw new StoreDataException($"The data directory {directory} is not writable: {e.Message} Name another one with --dir.", e);
        }
        catch (IOException e)
        {
            throw new StoreDataException($"The data directory {directory} is in use by another store{Owner(directory)}. Stop that one or name another directory with --dir.", e);
        }

        var held = new DirectoryLock(file);
        try
        {
            File.WriteAllText(Path.Combine(directory, OwnerName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw new StoreDataException($"The data directory {directory} is not writable: {e.Message}", e);
        }

        return held;
    }

    public void Dispose() => _file.Dispose();

    // What the runtime makes of "another process holds the lock": the error of flock on Unix, of opening on Windows.
    private static bool IsSharingViolation(IOException e) => OperatingSystem.IsWindows()
        ? e.HResult == unchecked((int)0x80070020)
        : e.HResult is LinuxWouldBlock or MacWouldBlock;

    private static string Owner(string directory)
    {
        try
        {
            return $" (process {File.ReadAllText(Path.Combine(directory, OwnerName)).Trim()})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only a help for the reader of the message.
            return "";
        }
    }
}
