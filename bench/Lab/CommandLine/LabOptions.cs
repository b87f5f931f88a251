using System.Globalization;

namespace ShopSession.Lab.Bench.CommandLine;

/// <summary>What the command line asks for.</summary>
internal sealed record LabOptions
{
    public const string Help = """
        dotnet run -c Release --project bench/Lab -- [options]

        Starts the real shop for every way to keep a session and every balancing policy, measures, and writes docs/lab (README.md, index.html, results/*.json)
        and the figures in docs/strategies.md. What is measured already is kept: an interrupted run goes on where it was, and --again measures anew.

          --replicas N        replicas of each service, 2 to 8 (3)
          --siblings N        replicas of the services that are not measured, 1 to 8 (as --replicas)
          --logins N          logins per scenario, 10 to 1000 (100)
          --quick             fewer of everything, 2 replicas and 20 logins unless said otherwise: to try it out, and for continuous integration
          --only NAME,…       only these: WAY/POLICY, WAY/figures, WAY/growth, WAY/life, redis/logins, redis/url, or all of a WAY
          --output FOLDER     writes there, and leaves docs alone
          --again             measures also what is measured already
          --list              only lists what there is to measure
          --report            only writes the report from the results that are there
        """;

    private int? _replicas;
    private int? _siblings;
    private int? _logins;

    /// <summary>Replicas of the measured service that the gateway knows at first.</summary>
    public int Replicas => _replicas ?? (Quick ? 2 : 3);

    /// <summary>Replicas of each other service.</summary>
    public int Siblings => _siblings ?? Replicas;

    /// <summary>Visitors who sign in before each scenario.</summary>
    public int Logins => _logins ?? (Quick ? 20 : 100);

    public bool Quick { get; init; }

    /// <summary>The names of the jobs; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Where the report goes; <see langword="null"/>: to docs/lab of the repository.</summary>
    public string? Output { get; init; }

    public bool Again { get; init; }

    public bool ListOnly { get; init; }

    public bool ReportOnly { get; init; }

    /// <summary>Scales a number of repetitions.</summary>
    public int Times(int full) => Quick ? Math.Max(full / 10, 10) : full;

    /// <exception cref="ArgumentException">Something is not understood; the message says what is.</exception>
    public static LabOptions Parse(IReadOnlyList<string> args)
    {
        var options = new LabOptions();
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--again" => options with { Again = true },
                "--list" => options with { ListOnly = true },
                "--report" => options with { ReportOnly = true },
                "--replicas" => options with { _replicas = Number(args, ref i, 2, 8) },
                "--siblings" => options with { _siblings = Number(args, ref i, 1, 8) },
                "--logins" => options with { _logins = Number(args, ref i, 10, 1000) },
                "--output" => options with { Output = Path.GetFullPath(Value(args, ref i)) },
                "--only" => options with { Only = [.. options.Only, .. Value(args, ref i).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] },
                _ => throw new ArgumentException($"'{args[i]}' is not understood.\n\n{Help}"),
            };
        }
        return options;
    }

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new ArgumentException($"{args[i - 1]} wants a value.\n\n{Help}");

    private static int Number(IReadOnlyList<string> args, ref int i, int least, int most)
    {
        var option = args[i];
        var text = Value(args, ref i);
        return int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException($"{option} is '{text}'; allowed: {least} to {most}.\n\n{Help}");
    }
}
