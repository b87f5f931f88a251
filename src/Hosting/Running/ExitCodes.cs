using System.Globalization;

namespace Aspire.Hosting.Running;

internal static class ExitCodes
{
    private const int SignalBase = 128;

    public static string Describe(int code) => code switch
    {
        SignalBase + 6 => "was aborted (SIGABRT)",
        SignalBase + 9 => "was killed (SIGKILL)",
        SignalBase + 11 => "crashed (SIGSEGV)",
        SignalBase + 15 => "was ended (SIGTERM)",
        _ => string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}"),
    };
}
