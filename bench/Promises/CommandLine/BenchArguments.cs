using System.Globalization;

namespace ShopSession.Promises.Bench.CommandLine;

/// <summary>Reads the command line.</summary>
internal static class BenchArguments
{
    public const string Usage = """
        Proves the twelve promises of the session on the running shop (docs/promises.md).

          dotnet run -c Release --project bench/Promises [-- options]

          --quick          small numbers, under a minute
          --only 3,4       only these promises (1 to 12)
          --replicas N     processes per service, 2 to 8 (default 3; with --quick 2)
          --seed N         where random choices begin (default: the time)
          --json FILE      write the results as JSON too

        Exit code: 0 no violation, 1 violations or a promise that could not be tried, 2 wrong options, 130 interrupted.
        """;

    /// <exception cref="ArgumentException">The message says what is wrong and what is allowed.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        var quick = arguments.Contains("--quick");
        var options = new BenchOptions { Quick = quick, Replicas = quick ? 2 : 3, Seed = Environment.TickCount & 0xFFFFFF };
        for (var i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--quick" => options,
                "--only" => options with { Only = Promises(Value("--only")) },
                "--replicas" => options with { Replicas = Number(Value("--replicas"), "--replicas", 2, 8) },
                "--seed" => options with { Seed = Number(Value("--seed"), "--seed", 0, int.MaxValue) },
                "--json" => options with { JsonFile = Value("--json") },
                _ => throw new ArgumentException($"Unknown option '{arguments[i]}'. Allowed are --quick, --only, --replicas, --seed, --json, --help."),
            };

            string Value(string option) => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{option} needs a value.");
        }

        return options;
    }

    private static int[] Promises(string text)
    {
        int[] numbers = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => Number(part, "--only", 1, 12)).Distinct().Order()];
        return numbers.Length > 0 ? numbers : throw new ArgumentException("--only is empty: give numbers of promises, for example --only 3,4.");
    }

    private static int Number(string text, string option, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{option}: '{text}' is not a number from {least} to {most}."));
}
