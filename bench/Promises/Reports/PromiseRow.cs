namespace ShopSession.Promises.Bench.Reports;

/// <summary>One line of the table.</summary>
/// <param name="Promise">The promise's number.</param>
/// <param name="What">What was tried.</param>
/// <param name="Trials">How often.</param>
/// <param name="Violations">How often it was not kept.</param>
/// <param name="Times">Where a time belongs to it, in milliseconds.</param>
/// <param name="Note">What else is worth knowing.</param>
/// <param name="Examples">The first violations, in words.</param>
internal sealed record PromiseRow(int Promise, string What, long Trials, long Violations, Durations? Times, string Note, IReadOnlyList<string> Examples);
