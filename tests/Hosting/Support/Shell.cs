using System.Diagnostics;
using System.Globalization;

namespace ShopSession.Hosting.Tests.Support;

internal static class Shell
{
    /// <summary>Sends a signal by its name, for example INT.</summary>
    public static void Signal(int processId, string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{name} {processId}")]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
