using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ShopSession.Catalog.Pages.Admin;

internal static class ModelStateProblems
{
    /// <summary>Says at the fields of a form what is wrong with them.</summary>
    public static void AddProblems(this ModelStateDictionary state, string form, Dictionary<string, string[]> errors)
    {
        foreach (var (field, messages) in errors) state.AddModelError($"{form}.{char.ToUpperInvariant(field[0])}{field[1..]}", messages[0]);
    }

    /// <summary>What is wrong with a field; <see langword="null"/>: nothing.</summary>
    public static string? ErrorAt(this ModelStateDictionary state, string field) => state.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;
}
