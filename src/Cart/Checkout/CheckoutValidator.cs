using System.Net.Mail;
using ShopSession.Cart.Api;
using ShopSession.Cart.Payments;
using ShopSession.Web.Errors;

namespace ShopSession.Cart.Checkout;

/// <summary>Checks what a shopper sends and says for each field what is expected.</summary>
internal sealed class CheckoutValidator(IPaymentProvider payments)
{
    private const int MaxText = 100;
    private const int MaxEmail = 254;

    /// <param name="request">What was sent.</param>
    /// <param name="accountEmail">The account's address; used when none was sent.</param>
    /// <exception cref="InvalidInputException">Names every field that is wrong.</exception>
    public CheckoutDetails Check(CheckoutRequest request, string? accountEmail)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var email = Email(request.Email, accountEmail, errors);
        var name = Text("name", request.Name, "Whose name goes on the parcel?", errors);
        var line1 = Text("line1", request.Line1, "Street and number are needed.", errors);
        var line2 = OptionalText("line2", request.Line2, errors);
        var city = Text("city", request.City, "The town is needed.", errors);
        var country = Country(request.Country, errors);
        var postalCode = PostalCode(request.PostalCode, country, errors);
        var delivery = string.IsNullOrWhiteSpace(request.Delivery) ? DeliveryOption.Standard : request.Delivery;
        if (!DeliveryOption.All.Contains(delivery)) errors["delivery"] = [$"Choose one of: {string.Join(", ", DeliveryOption.All)}."];
        if (request.Payment is null) errors["payment"] = ["Say how to pay: payment {method, token} is needed."];
        else if (request.Payment.Method != payments.Method) errors["payment.method"] = [$"The way to pay here is \"{payments.Method}\"."];
        else if (request.Payment.Token is not { } token || !payments.Accepts(token)) errors["payment.token"] = ["Choose one of the ways to pay that are offered."];
        if (request.AcceptedTotal < 0) errors["acceptedTotal"] = ["A total is not negative."];
        if (errors.Count > 0) throw new InvalidInputException(ShopProblems.Invalid(errors));
        return new CheckoutDetails(email, name, line1, line2, city, postalCode, country!.Code, delivery, request.Payment!.Method!, request.Payment.Token!);
    }

    private static string Email(string? sent, string? account, Dictionary<string, string[]> errors)
    {
        var email = (string.IsNullOrWhiteSpace(sent) ? account : sent)?.Trim() ?? "";
        if (email.Length == 0) errors["email"] = ["An e-mail address is needed, for the confirmation."];
        else if (email.Length > MaxEmail || !IsEmail(email)) errors["email"] = ["This is not an e-mail address, such as ada@example.org."];
        return email;
    }

    private static bool IsEmail(string email) =>
        MailAddress.TryCreate(email, out var address)
        && address.Address == email
        && address.Host.Contains('.', StringComparison.Ordinal)
        && !email.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character is '<' or '>' or '"' or ',');

    private static string Text(string field, string? value, string missing, Dictionary<string, string[]> errors)
    {
        var text = OptionalText(field, value, errors);
        if (text is null) errors.TryAdd(field, [missing]);
        return text ?? "";
    }

    private static string? OptionalText(string field, string? value, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        var text = value.Trim();
        if (text.Length > MaxText) errors[field] = [$"At most {MaxText} characters fit on the label."];
        else if (text.Any(char.IsControl)) errors[field] = ["Line breaks and control characters do not fit on the label."];
        return text;
    }

    private static Country? Country(string? code, Dictionary<string, string[]> errors)
    {
        if (Countries.TryFind(code?.Trim().ToUpperInvariant(), out var country)) return country;
        errors["country"] = [string.IsNullOrWhiteSpace(code) ? "The country is needed." : "This is not a country's two-letter code (ISO 3166-1), such as DE."];
        return null;
    }

    private static string PostalCode(string? value, Country? country, Dictionary<string, string[]> errors)
    {
        var code = Checkout.Country.NormalizePostalCode(value);
        if (country is null || country.Accepts(code)) return code;
        errors["postalCode"] = [!country.HasPostalCodes ? $"{country.Name} has no postal codes of this length."
            : code.Length == 0 ? $"The postal code is needed, for example {country.PostalCodeExample}."
            : $"This is not a postal code of {country.Name}; they look like {country.PostalCodeExample}."];
        return code;
    }
}
