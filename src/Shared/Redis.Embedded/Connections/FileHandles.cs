using System.Globalization;

namespace ShopSession.Redis.Embedded.Connections;

/// <summary>
/// How many connections the system lets the process have. Each takes a file handle; when none is left the log cannot be replaced, and the
/// runtime cannot even load a library or write an error.
/// </summary>
internal static class FileHandles
{
    private const int Reserve = 32;
    private const string LimitsFile = "/proc/self/limits";
    private const string HandlesFolder = "/proc/self/fd";

    /// <summary>The most connections, with some handles left for files. Where the system does not tell: no limit.</summary>
    public static int ForConnections()
    {
        if (!File.Exists(LimitsFile)) return int.MaxValue;
        try
        {
            // "Max open files            1024                 524288               files": the first is the one that holds.
            var line = File.ReadLines(LimitsFile).FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
            var columns = line?["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns is not [var soft, ..] || !long.TryParse(soft, CultureInfo.InvariantCulture, out var limit)) return int.MaxValue;
            return (int)Math.Clamp(limit - Directory.GetFileSystemEntries(HandlesFolder).Length - Reserve, 1, int.MaxValue);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return int.MaxValue;
        }
    }
}
