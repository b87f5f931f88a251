using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Logs;

/// <summary>Reads a process's output line by line. Lines are cut at a limit, so that a process that prints none cannot fill the memory.</summary>
internal sealed partial class OutputReader(bool isError, Action<LogLevel, bool, string> add)
{
    private const int MaxLineLength = 16 * 1024;

    // What a line without a level of its own belongs to: the rest of the message before it.
    private LogLevel _level = LogLevel.None;

    public async Task ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, bufferSize: 8 * 1024, leaveOpen: true);
        var buffer = new char[8 * 1024];
        var line = new StringBuilder();
        int count;
        while ((count = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            for (var rest = buffer.AsMemory(0, count); !rest.IsEmpty;)
            {
                var end = rest.Span.IndexOf('\n');
                var part = end < 0 ? rest : rest[..end];
                line.Append(part.Span[..Math.Min(part.Length, MaxLineLength - Math.Min(line.Length, MaxLineLength))]);
                rest = end < 0 ? default : rest[(end + 1)..];
                if (end >= 0)
                    Emit(line);
            }
        }

        if (line.Length > 0)
            Emit(line);
    }

    private void Emit(StringBuilder line)
    {
        var text = Escapes().Replace(line.ToString().TrimEnd('\r'), "");
        line.Clear();
        var level = LevelOf(text);
        if (level != LogLevel.None)
            _level = level;
        else if (!text.StartsWith(' '))
            _level = isError ? LogLevel.Error : LogLevel.Information;
        add(_level == LogLevel.None ? LogLevel.Information : _level, isError, text);
    }

    /// <summary>The level that the framework's console logger writes at the beginning of a message.</summary>
    private static LogLevel LevelOf(string text) => text.Length < 5 || text[4] != ':' ? LogLevel.None : text.AsSpan(0, 4) switch
    {
        "trce" => LogLevel.Trace,
        "dbug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "fail" => LogLevel.Error,
        "crit" => LogLevel.Critical,
        _ => LogLevel.None,
    };

    [GeneratedRegex(@"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b\x0c\x0e-\x1f]")]
    private static partial Regex Escapes();
}
