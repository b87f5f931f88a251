using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Localization;

/// <summary>What a product is called and said to be in Simplified Chinese, as visitors see it; empty where there is nothing and they read the English.</summary>
internal sealed record ChineseTexts(string Name, string Summary, string Description)
{
    public static ChineseTexts Of(Product product) => Of(ProductWords.Of(product));

    public static ChineseTexts Of(ProductWords words) =>
        new(Goods.ChineseOf(words.ChineseName, words.Name), Goods.ChineseOf(words.ChineseSummary, words.Summary), Goods.ChineseOf(words.ChineseDescription, words.Description));
}
