using System.Xml.Linq;

namespace ShopSession.Catalog.Tests.Pictures;

public sealed class PictureTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>
{
    [Fact]
    public async Task Every_product_has_a_picture_of_its_own_that_is_kept_for_ever()
    {
        var items = new List<string>();
        for (var page = 1; page <= 2; page++) items.AddRange((await catalog.Host.GetAsync($"/api/products?pageSize=100&page={page}")).Json["items"]!.AsArray().Select(item => (string)item!["imageUrl"]!));
        Assert.Equal(items.Count, items.Distinct().Count());
        foreach (var url in items)
        {
            foreach (var view in new[] { "front", "detail", "plan" })
            {
                var reply = (await catalog.Host.GetAsync(new Uri(url).AbsolutePath.Replace("-front.svg", $"-{view}.svg", StringComparison.Ordinal))).Expect(200);
                Assert.Equal("image/svg+xml", reply.ContentType);
                Assert.Equal("public, max-age=31536000, immutable", reply.Header("Cache-Control"));
                Assert.Equal("svg", XDocument.Parse(reply.Text).Root!.Name.LocalName);
                Assert.DoesNotContain("var(", reply.Text, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/pictures/x/none-000000-000000-000000-000000-front.svg")]
    [InlineData("/pictures/x/mug-000000-000000-000000-front.svg")]
    [InlineData("/pictures/x/mug-zzzzzz-000000-000000-000000-front.svg")]
    [InlineData("/pictures/x/mug-000000-000000-000000-000000-back.svg")]
    [InlineData("/pictures/x/..%2f..%2fsecret")]
    public async Task Other_names_are_not_found(string path) => Assert.Equal(404, (await catalog.Host.GetAsync(path)).Status);
}
