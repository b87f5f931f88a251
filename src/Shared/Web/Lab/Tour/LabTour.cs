namespace ShopSession.Web.Lab.Tour;

/// <summary>
/// The guided tour: which of its steps the answers show to be done. It goes by what answers show alone (who answered, which process, signed in or not, under which settings), and so works
/// whatever becomes of the session.
/// </summary>
internal static class LabTour
{
    /// <summary>How many steps there are.</summary>
    public const int Steps = 6;

    /// <summary>The step after the last of <paramref name="answers"/>: the same, or the next when that answer completes it.</summary>
    /// <param name="step">The step at hand, from 1; beyond <see cref="Steps"/> the tour is over.</param>
    /// <param name="answers">The answers to the visitor, the newest last.</param>
    /// <param name="replicas">How many replicas each service has.</param>
    public static int Advance(int step, IReadOnlyList<LabAnswer> answers, int replicas)
    {
        var last = answers[^1];
        var own = answers.Where(answer => answer.Step == step && answer.Service == last.Service && answer.Setting == last.Setting).ToList();
        var done = step switch
        {
            1 => last.IsSignedIn,
            2 => Unbroken(own).Any(answer => answer.Number != last.Number),
            3 => Unbroken(own).Any(answer => answer.Number == last.Number && answer.Instance != last.Instance),
            4 => last is { Setting: { IsLocal: true, Wanders: true }, IsSignedIn: false } && own.Exists(answer => answer.IsSignedIn),
            5 => last is { Setting: { IsLocal: true, Wanders: false }, IsSignedIn: false } && Stayed(own) is { } home && home != last.Instance,
            6 => last.Setting.IsCentral && Unbroken(own).GroupBy(answer => answer.Number).Count(replica => replica.Select(answer => answer.Instance).Distinct().Count() > 1) >= Math.Min(2, replicas),
            _ => false,
        };
        return done ? step + 1 : step;
    }

    /// <summary>The newest answers that all knew the visitor.</summary>
    private static List<LabAnswer> Unbroken(List<LabAnswer> answers) => answers[(answers.FindLastIndex(answer => !answer.IsSignedIn) + 1)..];

    /// <summary>The process that knew the visitor twice in a row, if there is one.</summary>
    private static string? Stayed(List<LabAnswer> answers) =>
        answers.Zip(answers.Skip(1)).Where(pair => pair.First.IsSignedIn && pair.Second.IsSignedIn && pair.First.Instance == pair.Second.Instance).Select(pair => pair.First.Instance).LastOrDefault();
}
