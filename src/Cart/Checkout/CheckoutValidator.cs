using System.Net.Mail;
using ShopSession.Cart.Api;
using ShopSession.Cart.Payments;
using ShopSession.Web.Addresses;
using ShopSession.Web.Errors;

namespace ShopSession.Cart.Checkout;

/// <summary>Checks what a shopper sends and says for each field what is expected.</summary>
internal sealed class CheckoutValidator(IPaymentProvider payments)
{
    private const int MaxEmail = 254;

    /// <param name="request">What was sent.</param>
    /// <param name="accountEmail">The account's address; used when none was sent.</param>
    /// <exception cref="InvalidInputException">Names every field that is wrong.</exception>
    public CheckoutDetails Check(CheckoutRequest request, string? accountEmail)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var email = Email(request.Email, accountEmail, errors);
        var address = PostalAddressRules.Check(request, errors);
        var delivery = string.IsNullOrWhiteSpace(request.Delivery) ? DeliveryOption.Standard : request.Delivery;
        if (!DeliveryOption.All.Contains(delivery)) errors["delivery"] = [T[$"Choose one of: {string.Join(", ", DeliveryOption.All)}."]];
        if (request.Payment is null) errors["payment"] = [T["Say how to pay: payment {method, token} is needed."]];
        else if (request.Payment.Method != payments.Method) errors["payment.method"] = [T[$"The way to pay here is \"{payments.Method}\"."]];
        else if (request.Payment.Token is not { } token || !payments.Accepts(token)) errors["payment.token"] = [T["Choose one of the ways to pay that are offered."]];
        if (request.AcceptedTotal < 0) errors["acceptedTotal"] = [T["A total is not negative."]];
        if (errors.Count > 0) throw new InvalidInputException(ShopProblems.Invalid(errors));
        return new CheckoutDetails(email, address!.Name, address.Line1, address.Line2, address.City, address.PostalCode, address.Country, delivery, request.Payment!.Method!, request.Payment.Token!);
    }

    private static string Email(string? sent, string? account, Dictionary<string, string[]> errors)
    {
        var email = (string.IsNullOrWhiteSpace(sent) ? account : sent)?.Trim() ?? "";
        if (email.Length == 0) errors["email"] = [T["An e-mail address is needed, for the confirmation."]];
        else if (email.Length > MaxEmail || !IsEmail(email)) errors["email"] = [T["This is not an e-mail address, such as ada@example.org."]];
        return email;
    }

    private static bool IsEmail(string email) =>
        MailAddress.TryCreate(email, out var address)
        && address.Address == email
        && address.Host.Contains('.', StringComparison.Ordinal)
        && !email.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character is '<' or '>' or '"' or ',');
}
