using ShopSession.Web.Addresses;

namespace ShopSession.Web.Tests.Addresses;

public sealed class PostalAddressRulesTests
{
    [Fact]
    public void Every_country_s_example_is_a_postal_code_of_it()
    {
        Assert.Equal(249, Countries.All.Count);
        Assert.All(Countries.All.Where(country => country.HasPostalCodes), country => Assert.True(country.Accepts(country.PostalCodeExample), country.Code));
        Assert.All(Countries.All.Where(country => country.HasPostalCodes), country => Assert.False(country.Accepts("!"), country.Code));
        Assert.True(Countries.TryFind("GB", out var britain) && britain.Accepts(Country.NormalizePostalCode(" sw1a  1aa ")));
    }

    [Fact]
    public void What_is_right_comes_back_in_its_normal_form()
    {
        var errors = new Dictionary<string, string[]>();
        var address = PostalAddressRules.Check(new Form(" Ada Lovelace ", "12 St James's Square", " ", "London", "sw1y  4jh", "gb"), errors);
        Assert.Equal(new PostalAddress("Ada Lovelace", "12 St James's Square", null, "London", "SW1Y 4JH", "GB"), address);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("name", " ", "1 Quay", "Hamburg", "20095", "DE")]
    [InlineData("line1", "Ada", null, "Hamburg", "20095", "DE")]
    [InlineData("line1", "Ada", "1 Quay\nAltona", "Hamburg", "20095", "DE")]
    [InlineData("city", "Ada", "1 Quay", "", "20095", "DE")]
    [InlineData("postalCode", "Ada", "1 Quay", "Hamburg", "2009", "DE")]
    [InlineData("postalCode", "Ada", "1 Quay", "Hamburg", null, "DE")]
    [InlineData("country", "Ada", "1 Quay", "Hamburg", "20095", "XX")]
    [InlineData("country", "Ada", "1 Quay", "Hamburg", "20095", null)]
    public void What_is_wrong_is_told_at_its_field(string field, string? name, string? line1, string? city, string? postalCode, string? country)
    {
        var errors = new Dictionary<string, string[]>();
        Assert.Null(PostalAddressRules.Check(new Form(name, line1, null, city, postalCode, country), errors));
        Assert.Equal(field, Assert.Single(errors).Key);
    }

    [Fact]
    public void A_line_longer_than_the_label_is_refused()
    {
        var errors = new Dictionary<string, string[]>();
        PostalAddressRules.Check(new Form(new string('a', 101), "1 Quay", new string('b', 101), "Hamburg", "20095", "DE"), errors);
        Assert.Equal(["line2", "name"], errors.Keys.Order());
    }

    private sealed record Form(string? Name, string? Line1, string? Line2, string? City, string? PostalCode, string? Country) : IPostalAddressForm;
}
