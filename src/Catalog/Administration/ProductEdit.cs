using System.Globalization;
using ShopSession.Catalog.Localization;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Administration;

/// <summary>What an administrator wants a product to say, checked.</summary>
/// <param name="Name">In English, as all but <paramref name="Chinese"/>.</param>
/// <param name="Price">In euro.</param>
/// <param name="Summary">One line.</param>
/// <param name="Description">Several.</param>
/// <param name="Chinese">In Chinese, empty where the English is to be shown; <see langword="null"/>: nothing was said about it.</param>
internal sealed record ProductEdit(string Name, decimal Price, string Summary, string Description, ChineseTexts? Chinese)
{
    private const int MaxName = 100;
    private const int MaxSummary = 200;
    private const int MaxDescription = 4000;
    private const decimal MaxPrice = 100_000m;

    /// <summary>Reads what was typed; <paramref name="errors"/> says for each field what is expected. Null when there are any.</summary>
    public static ProductEdit? Read(string? name, string? price, string? summary, string? description, ChineseInput? chinese, out Dictionary<string, string[]> errors)
    {
        var wrong = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var edit = new ProductEdit(
            Needed("name", name, MaxName),
            ReadPrice(price, wrong),
            Needed("summary", summary, MaxSummary),
            Needed("description", description, MaxDescription, lines: true),
            chinese is null ? null : new ChineseTexts(
                Text("chinese.name", chinese.Name, MaxName), Text("chinese.summary", chinese.Summary, MaxSummary), Text("chinese.description", chinese.Description, MaxDescription, lines: true)));
        errors = wrong;
        return wrong.Count == 0 ? edit : null;

        string Needed(string field, string? typed, int most, bool lines = false)
        {
            var text = Text(field, typed, most, lines);
            if (text.Length == 0) wrong[field] = [T["This is needed."]];
            return text;
        }

        string Text(string field, string? typed, int most, bool lines = false)
        {
            var text = (typed ?? "").ReplaceLineEndings("\n").Trim();
            if (text.Length > most) wrong[field] = [T[$"At most {most} characters; these are {text.Length}."]];
            else if (text.Any(letter => char.IsControl(letter) && !(lines && letter == '\n'))) wrong[field] = [T["Use letters, digits and signs only, no control characters."]];
            return text;
        }
    }

    /// <summary>What a new product says.</summary>
    public ProductWords ToWords() => new(Name, Summary, Description, Given(Chinese?.Name), Given(Chinese?.Summary), Given(Chinese?.Description));

    /// <summary>What the product says after the edit. Where nothing was said about Chinese it stays, except for texts whose English is another now: it would be the translation of what they said before.</summary>
    public ProductWords ToWords(Product before) => Chinese is { } chinese
        ? new(Name, Summary, Description, Goods.ToKeep(chinese.Name, Name), Goods.ToKeep(chinese.Summary, Summary), Goods.ToKeep(chinese.Description, Description))
        : new(
            Name, Summary, Description,
            Name == before.Name ? before.ChineseName : null,
            Summary == before.Summary ? before.ChineseSummary : null,
            Description == before.Description ? before.ChineseDescription : null);

    /// <summary>The fields that differ from the product's, as the log keeps them.</summary>
    public IEnumerable<(string Field, string Before, string After)> DifferencesFrom(Product product)
    {
        if (product.Name != Name) yield return ("name", product.Name, Name);
        if (product.Price != Price) yield return ("price", Money(product.Price), Money(Price));
        if (product.Summary != Summary) yield return ("summary", product.Summary, Summary);
        if (product.Description != Description) yield return ("description", product.Description, Description);
        var (before, after) = (ChineseTexts.Of(product), ChineseTexts.Of(ToWords(product)));
        if (before.Name != after.Name) yield return ("chinese-name", before.Name, after.Name);
        if (before.Summary != after.Summary) yield return ("chinese-summary", before.Summary, after.Summary);
        if (before.Description != after.Description) yield return ("chinese-description", before.Description, after.Description);
    }

    /// <summary>What a field of the log is called in the visitor's language.</summary>
    public static string InWords(string field) => field switch
    {
        "name" => T["Name"],
        "price" => T["Price"],
        "summary" => T["Summary"],
        "description" => T["Description"],
        "chinese-name" => T["Name in Chinese"],
        "chinese-summary" => T["Summary in Chinese"],
        "chinese-description" => T["Description in Chinese"],
        "stock" => T["Stock"],
        "sold" => T["Sold"],
        "size" => T["Size"],
        "product" => T["Product"],
        _ => field,
    };

    // Of a new product an empty field says nothing yet.
    private static string? Given(string? chinese) => string.IsNullOrEmpty(chinese) ? null : chinese;

    private static string Money(decimal price) => price.ToString("0.00", CultureInfo.InvariantCulture);

    internal static decimal ReadPrice(string? typed, Dictionary<string, string[]> wrong)
    {
        if (decimal.TryParse((typed ?? "").Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            && price is > 0 and <= MaxPrice && decimal.Round(price, 2) == price) return price;
        wrong["price"] = [T[$"Give a price from 0.01 to {MaxPrice}, with a point and at most two decimals, for example 19.90."]];
        return 0;
    }
}
