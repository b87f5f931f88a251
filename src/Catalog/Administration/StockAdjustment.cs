using System.Globalization;

namespace ShopSession.Catalog.Administration;

/// <summary>Pieces that came or went, checked. A difference, not a count: sales that happen meanwhile are not lost.</summary>
/// <param name="Pieces">How many came; negative: went.</param>
/// <param name="Reason">Why.</param>
/// <param name="Key">Names the press of the button.</param>
internal sealed record StockAdjustment(int Pieces, string Reason, string Key)
{
    private const int MaxPieces = 100_000;
    private const int MaxReason = 200;

    /// <summary>Reads what was typed; <paramref name="errors"/> says for each field what is expected. Null when there are any.</summary>
    public static StockAdjustment? Read(string? pieces, string? reason, string? key, out Dictionary<string, string[]> errors)
    {
        errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!int.TryParse((pieces ?? "").Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) || count is 0 or > MaxPieces or < -MaxPieces)
            errors["pieces"] = [T[$"Give a whole number from -{MaxPieces} to {MaxPieces}, but not 0: 12 when twelve came, -1 when one broke."]];
        var why = (reason ?? "").Trim();
        if (why.Length is 0 or > MaxReason) errors["reason"] = [T[$"Say why, in 1 to {MaxReason} characters."]];
        if (!Guid.TryParse(key, out var press)) errors["key"] = [T["Open the page anew and try again."]];
        return errors.Count == 0 ? new StockAdjustment(count, why, press.ToString("N")) : null;
    }
}
