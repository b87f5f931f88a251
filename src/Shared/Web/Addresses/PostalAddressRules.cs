namespace ShopSession.Web.Addresses;

/// <summary>What an address has to look like, the same wherever one is given. Safe for concurrent use.</summary>
public static class PostalAddressRules
{
    /// <summary>The longest line, in UTF-16 code units.</summary>
    public const int MaxText = 100;

    /// <summary>
    /// The address in its normal form; <see langword="null"/> when something is wrong, which is then added to <paramref name="errors"/> under the field's
    /// name in the JSON API (<c>name</c>, <c>line1</c>, <c>line2</c>, <c>city</c>, <c>postalCode</c>, <c>country</c>).
    /// </summary>
    public static PostalAddress? Check(IPostalAddressForm form, IDictionary<string, string[]> errors)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(errors);
        var before = errors.Count;
        var name = Text("name", form.Name, T["Whose name goes on the parcel?"], errors);
        var line1 = Text("line1", form.Line1, T["Street and number are needed."], errors);
        var line2 = OptionalText("line2", form.Line2, errors);
        var city = Text("city", form.City, T["The town is needed."], errors);
        var country = CheckCountry(form.Country, errors);
        var postalCode = CheckPostalCode(form.PostalCode, country, errors);
        return errors.Count == before ? new PostalAddress(name, line1, line2, city, postalCode, country!.Code) : null;
    }

    private static string Text(string field, string? value, string missing, IDictionary<string, string[]> errors)
    {
        var text = OptionalText(field, value, errors);
        if (text is null) errors.TryAdd(field, [missing]);
        return text ?? "";
    }

    private static string? OptionalText(string field, string? value, IDictionary<string, string[]> errors)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        var text = value.Trim();
        if (text.Length > MaxText) errors[field] = [T[$"At most {MaxText} characters fit on the label."]];
        else if (text.Any(char.IsControl)) errors[field] = [T["Line breaks and control characters do not fit on the label."]];
        return text;
    }

    private static Country? CheckCountry(string? code, IDictionary<string, string[]> errors)
    {
        if (Countries.TryFind(code?.Trim().ToUpperInvariant(), out var country)) return country;
        errors["country"] = [string.IsNullOrWhiteSpace(code) ? T["The country is needed."] : T["This is not a country's two-letter code (ISO 3166-1), such as DE."]];
        return null;
    }

    private static string CheckPostalCode(string? value, Country? country, IDictionary<string, string[]> errors)
    {
        var code = Country.NormalizePostalCode(value);
        if (country is null || country.Accepts(code)) return code;
        errors["postalCode"] = [!country.HasPostalCodes ? T[$"{country.LocalName} has no postal codes of this length."]
            : code.Length == 0 ? T[$"The postal code is needed, for example {country.PostalCodeExample}."]
            : T[$"This is not a postal code of {country.LocalName}; they look like {country.PostalCodeExample}."]];
        return code;
    }
}
