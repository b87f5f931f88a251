using System.Diagnostics;
using System.Globalization;

namespace ShopSession.Redis.Embedded.Execution;

/// <summary>What INFO commandstats says about a command. Belongs to the executor.</summary>
internal sealed class CommandStatistics
{
    private long _ticks;

    /// <summary>How often it was executed, also inside EXEC.</summary>
    public long Calls { get; private set; }

    /// <summary>How many of the executions ended with an error.</summary>
    public long Failed { get; private set; }

    /// <summary>How often it was refused before its execution.</summary>
    public long Rejected { get; set; }

    public bool IsEmpty => Calls + Rejected == 0;

    /// <summary>Counts an execution that began at this <see cref="Stopwatch"/> timestamp.</summary>
    public void Count(long started, bool failed)
    {
        Calls++;
        _ticks += Stopwatch.GetTimestamp() - started;
        if (failed) Failed++;
    }

    public void Reset() => (Calls, Failed, Rejected, _ticks) = (0, 0, 0, 0);

    /// <summary>The counts with Redis's names; times in microseconds.</summary>
    public override string ToString()
    {
        var microseconds = _ticks * 1_000_000.0 / Stopwatch.Frequency;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"calls={Calls},usec={microseconds:0},usec_per_call={(Calls == 0 ? 0 : microseconds / Calls):0.00},rejected_calls={Rejected},failed_calls={Failed}");
    }
}
