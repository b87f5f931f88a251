using System.Globalization;

namespace ShopSession.Lab.Bench.CommandLine;

/// <summary>What the command line asks for.</summary>
internal sealed record LabOptions
{
    public const string Help = """
        dotnet run -c Release --project bench/Lab -- [options]

        Starts the real shop for every strategy and balancing policy, measures, and writes docs/lab (README.md, index.html, results/*.json).
        What is measured already is kept: an interrupted run goes on where it was, and --again measures anew.

          --replicas N            replicas of the measured service, 2 to 8 (3)
          --logins N              logins per scenario, 10 to 1000 (100)
          --quick                 fewer of everything; for trying out
          --only STRATEGY[/POLICY]  only these cells, for example --only local/ip-hash
          --again                 measures also what is measured already
          --report                only writes the report from the results that are there
        """;

    public int Replicas { get; init; } = 3;

    public int Logins { get; init; } = 100;

    public bool Quick { get; init; }

    public string? Strategy { get; init; }

    public string? Policy { get; init; }

    public bool Again { get; init; }

    public bool ReportOnly { get; init; }

    /// <summary>Scales a number of repetitions.</summary>
    public int Times(int full) => Quick ? Math.Max(full / 5, 10) : full;

    /// <exception cref="ArgumentException">Something is not understood; the message says what is.</exception>
    public static LabOptions Parse(string[] args)
    {
        var options = new LabOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true, Logins = Math.Min(options.Logins, 20) },
                "--again" => options with { Again = true },
                "--report" => options with { ReportOnly = true },
                "--replicas" => options with { Replicas = Number(args, ref i, 2, 8) },
                "--logins" => options with { Logins = Number(args, ref i, 10, 1000) },
                "--only" => Only(options, Value(args, ref i)),
                _ => throw new ArgumentException($"'{args[i]}' is not understood.\n\n{Help}"),
            };
        }
        return options;
    }

    private static LabOptions Only(LabOptions options, string cell)
    {
        var parts = cell.Split('/', 2);
        return options with { Strategy = parts[0], Policy = parts.ElementAtOrDefault(1) };
    }

    private static string Value(string[] args, ref int i) =>
        ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} wants a value.\n\n{Help}");

    private static int Number(string[] args, ref int i, int least, int most)
    {
        var text = Value(args, ref i);
        return int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException($"{args[i - 1]} is '{text}'; allowed: {least} to {most}.\n\n{Help}");
    }
}
