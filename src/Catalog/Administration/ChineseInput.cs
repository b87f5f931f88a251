using ShopSession.Catalog.Localization;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Administration;

/// <summary>What a product is to say in Simplified Chinese, as it was typed or sent; what is left empty is shown in English.</summary>
public sealed class ChineseInput
{
    public string? Name { get; set; }

    public string? Summary { get; set; }

    public string? Description { get; set; }

    internal static ChineseInput Of(Product product)
    {
        var texts = ChineseTexts.Of(product);
        return new ChineseInput { Name = texts.Name, Summary = texts.Summary, Description = texts.Description };
    }
}
