using System.Globalization;

namespace ShopSession.Sessions.Bench;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">How often every cell is measured; the median counts.</param>
/// <param name="Seconds">How long a cell is.</param>
/// <param name="WarmUp">How many seconds every kind of request runs before anything is measured: until the runtime has stopped compiling.</param>
/// <param name="Connections">Connections of the load generator, each with one request at a time.</param>
/// <param name="Sessions">How many sessions the store holds for the last table; 0 leaves it out.</param>
internal sealed record BenchOptions(int Rounds, double Seconds, double WarmUp, int Connections, IReadOnlyList<int> Sessions)
{
    public const string Usage =
        """
        What a session costs a request: servers without one, with the framework's and with the shared one, interleaved.

          --quick          one short round (a few seconds): whether it works, not how fast it is
          --rounds N       rounds (default 5)
          --seconds N      length of a cell (default 2)
          --warm-up N      seconds of every kind of request before the first round (default 8)
          --connections N  connections of the load generator (default 32)
          --sessions N     fill the store with N sessions for the last table; may be given more than once (default 10000)
        """;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An argument is unknown or its value is wrong.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchOptions(5, 2, 8, 32, []);
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (name == "--quick")
            {
                options = options with { Rounds = 1, Seconds = 0.3, WarmUp = 0.3, Connections = 8, Sessions = [500] };
                continue;
            }

            if (i + 1 == arguments.Count || !double.TryParse(arguments[++i], CultureInfo.InvariantCulture, out var value) || value <= 0)
                throw new FormatException($"{name} needs a number above 0.\n{Usage}");
            options = name switch
            {
                "--rounds" => options with { Rounds = (int)value },
                "--seconds" => options with { Seconds = value },
                "--warm-up" => options with { WarmUp = value },
                "--connections" => options with { Connections = (int)value },
                "--sessions" => options with { Sessions = [.. options.Sessions, (int)value] },
                _ => throw new FormatException($"'{name}' is unknown.\n{Usage}"),
            };
        }

        return options.Sessions.Count == 0 ? options with { Sessions = [10_000] } : options;
    }
}
