using System.Globalization;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Administration;

/// <summary>What an administrator wants a product to say, checked.</summary>
internal sealed record ProductEdit(string Name, decimal Price, string Summary, string Description)
{
    private const int MaxName = 100;
    private const int MaxSummary = 200;
    private const int MaxDescription = 4000;
    private const decimal MaxPrice = 100_000m;

    /// <summary>Reads what was typed; <paramref name="errors"/> says for each field what is expected. Null when there are any.</summary>
    public static ProductEdit? Read(string? name, string? price, string? summary, string? description, out Dictionary<string, string[]> errors)
    {
        var wrong = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var edit = new ProductEdit(
            Text("name", name, MaxName, lines: false),
            ReadPrice(price, wrong),
            Text("summary", summary, MaxSummary, lines: false),
            Text("description", description, MaxDescription, lines: true));
        errors = wrong;
        return wrong.Count == 0 ? edit : null;

        string Text(string field, string? typed, int most, bool lines)
        {
            var text = (typed ?? "").ReplaceLineEndings("\n").Trim();
            if (text.Length == 0) wrong[field] = [T["This is needed."]];
            else if (text.Length > most) wrong[field] = [T[$"At most {most} characters; these are {text.Length}."]];
            else if (text.Any(letter => char.IsControl(letter) && !(lines && letter == '\n'))) wrong[field] = [T["Use letters, digits and signs only, no control characters."]];
            return text;
        }
    }

    /// <summary>The fields that differ from the product's, as the log keeps them.</summary>
    public IEnumerable<(string Field, string Before, string After)> DifferencesFrom(Product product)
    {
        if (product.Name != Name) yield return ("name", product.Name, Name);
        if (product.Price != Price) yield return ("price", Money(product.Price), Money(Price));
        if (product.Summary != Summary) yield return ("summary", product.Summary, Summary);
        if (product.Description != Description) yield return ("description", product.Description, Description);
    }

    /// <summary>Whether it says something else than the product does; the price aside.</summary>
    public bool ChangesText(Product product) => product.Name != Name || product.Summary != Summary || product.Description != Description;

    /// <summary>What a field of the log is called in the visitor's language.</summary>
    public static string InWords(string field) => field switch
    {
        "name" => T["Name"],
        "price" => T["Price"],
        "summary" => T["Summary"],
        "description" => T["Description"],
        "stock" => T["Stock"],
        "sold" => T["Sold"],
        "size" => T["Size"],
        "product" => T["Product"],
        _ => field,
    };

    private static string Money(decimal price) => price.ToString("0.00", CultureInfo.InvariantCulture);

    internal static decimal ReadPrice(string? typed, Dictionary<string, string[]> wrong)
    {
        if (decimal.TryParse((typed ?? "").Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            && price is > 0 and <= MaxPrice && decimal.Round(price, 2) == price) return price;
        wrong["price"] = [T[$"Give a price from 0.01 to {MaxPrice}, with a point and at most two decimals, for example 19.90."]];
        return 0;
    }
}
