using System.Globalization;
using ShopSession.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>Holds the data directory for this run alone. The system drops the lock when the process ends, however it ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private const string LockName = "runner.lock", OwnerName = "runner.pid";

    private readonly FileStream _stream;
    private readonly string _owner;

    private DataDirectoryLock(FileStream stream, string owner)
    {
        _stream = stream;
        _owner = owner;
    }

    /// <exception cref="DistributedApplicationException">The directory cannot be written to, or another run holds it.</exception>
    public static DataDirectoryLock Take(RunnerEnvironment environment)
    {
        var directory = environment.DataDirectory;
        var owner = Path.Combine(directory, OwnerName);
        try
        {
            Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, $".write-test-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"The data directory {directory} cannot be written to: {exception.Message} Give it to this user, or {Remedy(environment)}.", exception);
        }

        try
        {
            var stream = new FileStream(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(stream, owner);
        }
        catch (IOException exception)
        {
            throw new DistributedApplicationException(
                $"The application is running already on the data directory {directory}{OwnerOf(owner)}. End that one with Ctrl+C, or {Remedy(environment)}.", exception);
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_owner);
        }
        catch (IOException)
        {
            // Only information for a second start; the lock itself is what counts.
        }

        _stream.Dispose();
    }

    private static string OwnerOf(string owner)
    {
        try
        {
            return $" (process {File.ReadAllText(owner)})";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string Remedy(RunnerEnvironment environment) => environment.Options.DataDirectory is { } setting
        ? $"set {setting.EnvironmentName} to another folder"
        : "use another folder";
}
