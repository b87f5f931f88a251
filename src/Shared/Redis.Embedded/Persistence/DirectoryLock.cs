using System.Globalization;
using System.Security;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>Makes one process the only one that uses a data directory. The system gives the lock back when the process ends, however it ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string LockName = "store.lock";
    private const string OwnerName = "store.pid";
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
