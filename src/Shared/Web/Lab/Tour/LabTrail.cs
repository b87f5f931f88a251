using System.Globalization;

namespace ShopSession.Web.Lab.Tour;

/// <summary>How far the tour is and who answered last, as the lab page's address carries it. Immutable.</summary>
/// <param name="Step">From 1 to <see cref="LabTour.Steps"/>, and one more when the tour is over.</param>
/// <param name="Answers">The last answers, the newest last. Of more than <see cref="Most"/> those are left out first that were given twice more since: a process that is gone by now is what a step may need.</param>
internal sealed record LabTrail(int Step, IReadOnlyList<LabAnswer> Answers)
{
    /// <summary>The most answers that are shown and carried along.</summary>
    public const int Most = 10;

    /// <summary>Reads an address's values; what was not made by <see cref="Query"/> counts as not there.</summary>
    public static LabTrail Read(string? step, string? trail) => new(
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, LabTour.Steps + 1) : 1,
        [.. (trail ?? "").Split('.', Most + 1).Take(Most).Select(LabAnswer.Decode).OfType<LabAnswer>()]);

    /// <summary>With one more answer, which may complete a step; it then counts for the next one too.</summary>
    public LabTrail With(LabAnswer answer, int replicas)
    {
        List<LabAnswer> answers = [.. Answers, answer with { Step = Step }];
        if (answers.Count > Most) answers.RemoveAt(Math.Max(0, answers.FindIndex(old => answers.Count(old.Equals) > 2)));
        var next = LabTour.Advance(Step, answers, replicas);
        answers[^1] = answer with { Step = next };
        return new(next, answers);
    }

    /// <summary>At another step, whatever was done.</summary>
    public LabTrail At(int step) => this with { Step = step };

    /// <summary>For an address, with the question mark.</summary>
    public string Query() => string.Create(CultureInfo.InvariantCulture, $"?step={Step}&trail={string.Join('.', Answers.Select(answer => answer.Encode()))}");
}
