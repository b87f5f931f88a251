namespace ShopSession.Lab.Bench.Reports.Claims;

/// <summary>Something that is said of a way to keep sessions, and what the figures say about it.</summary>
/// <param name="Row">Its number in docs/strategies.md.</param>
/// <param name="Subject">The way, with the policy where one matters.</param>
/// <param name="Text">The claim.</param>
/// <param name="Holds">Whether it holds here.</param>
/// <param name="Figures">The figures that decided it.</param>
internal sealed record Claim(string Row, string Subject, string Text, bool Holds, string Figures)
{
    public string Verdict => Holds ? "holds" : $"does not hold here, because {Figures}";
}
