namespace ShopSession.Catalog.Products;

/// <summary>The texts of a product as they are kept: the same for all its sizes.</summary>
/// <param name="Name">In English, as all that is not called Chinese.</param>
/// <param name="Summary">One line.</param>
/// <param name="Description">Several.</param>
/// <param name="ChineseName">As <see cref="Product.ChineseName"/>, and so the other two.</param>
/// <param name="ChineseSummary">One line.</param>
/// <param name="ChineseDescription">Several.</param>
internal sealed record ProductWords(string Name, string Summary, string Description, string? ChineseName, string? ChineseSummary, string? ChineseDescription)
{
    public static ProductWords Of(Product product) => new(product.Name, product.Summary, product.Description, product.ChineseName, product.ChineseSummary, product.ChineseDescription);
}
