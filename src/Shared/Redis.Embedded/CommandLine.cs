using System.Globalization;

namespace ShopSession.Redis.Embedded;

/// <summary>Reads the command line.</summary>
internal static class CommandLine
{
    public const string Usage =
        """
        A store that speaks the Redis protocol and keeps its data in a directory.

          --port N                 TCP port (default 6379; 0: a free one)
          --dir PATH               data directory (default: nothing is kept)
          --bind ADDRESS           address to listen on (default 127.0.0.1; others need --requirepass)
          --requirepass PASSWORD   password that clients must give; better in the environment variable Store__Password,
                                   which other users of the machine cannot see
          --maxmemory BYTES        memory for keys and values, also as 64mb or 1gb (default 256mb)
          --appendfsync WHEN       everysec (default) or always
          --databases N            number of databases (default 16)
          --maxclients N           connections at the same time (default 10000)
          --max-bulk BYTES         longest argument (default 512mb)
          --repair                 cut a damaged log at the damage (a copy is kept) instead of refusing to start
        """;

    /// <summary>The environment variable with the password.</summary>
    public const string PasswordVariable = "Store__Password";

    /// <exception cref="EmbeddedRedisException">An argument is unknown or its value is wrong.</exception>
    public static EmbeddedRedisOptions Parse(IReadOnlyList<string> arguments, string? passwordFromEnvironment = null)
    {
        var options = new EmbeddedRedisOptions { Port = 6379, Password = passwordFromEnvironment };
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (name == "--repair")
            {
                options = options with { Repair = true };
                continue;
            }

            string Value() => i + 1 < arguments.Count ? arguments[++i] : throw new EmbeddedRedisException($"{name} needs a value.");
            options = name switch
            {
                "--port" => options with { Port = Number(name, Value()) },
                "--dir" => options with { Directory = NotEmpty(name, Value()) },
                "--bind" => options with { Bind = Value() },
                "--requirepass" => options with { Password = NotEmpty(name, Value()) },
                "--maxmemory" => options with { MaxMemory = Bytes(name, Value()) },
                "--appendfsync" => options with { AppendFsync = When(name, Value()) },
                "--databases" => options with { Databases = Number(name, Value()) },
                "--maxclients" => options with { MaxClients = Number(name, Value()) },
                "--max-bulk" => options with { MaxBulkBytes = (int)Math.Min(int.MaxValue, Bytes(name, Value())) },
                _ => throw new EmbeddedRedisException($"'{name}' is no argument of the store; --help lists them."),
            };
        }

        return options;
    }

    private static int Number(string name, string value) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new EmbeddedRedisException($"{name} needs a whole number, not '{value}'.");

    private static string NotEmpty(string name, string value) =>
        value.Length > 0 ? value : throw new EmbeddedRedisException($"{name} must not be empty.");

    private static long Bytes(string name, string value)
    {
        var text = value.ToLowerInvariant();
        var factor = text switch
        {
            _ when text.EndsWith("gb", StringComparison.Ordinal) => 1024L * 1024 * 1024,
            _ when text.EndsWith("mb", StringComparison.Ordinal) => 1024L * 1024,
            _ when text.EndsWith("kb", StringComparison.Ordinal) => 1024L,
            _ => 1,
        };
        return long.TryParse(factor == 1 ? text : text[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue / factor
            ? number * factor
            : throw new EmbeddedRedisException($"{name} needs a number of bytes such as 67108864 or 64mb, not '{value}'.");
    }

    private static AppendFsync When(string name, string value) => value switch
    {
        "everysec" => AppendFsync.EverySecond,
        "always" => AppendFsync.Always,
        _ => throw new EmbeddedRedisException($"{name} is everysec or always, not '{value}'."),
    };
}
