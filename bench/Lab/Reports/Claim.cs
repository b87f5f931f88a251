namespace ShopSession.Lab.Bench.Reports;

/// <summary>Something that is said of a strategy, and what the figures say about it.</summary>
/// <param name="Subject">The strategy, with the policy where one matters.</param>
/// <param name="Text">The claim.</param>
/// <param name="Holds">Whether it holds here.</param>
/// <param name="Figures">The figures that decided it.</param>
internal sealed record Claim(string Subject, string Text, bool Holds, string Figures)
{
    public string Verdict => Holds ? "holds" : $"does not hold here, because {Figures}";
}
