namespace ShopSession.Auth.Addresses;

/// <summary>The account keeps as many addresses as it may.</summary>
internal sealed class AddressBookFullException() : Exception($"An account keeps at most {AddressBook.Most} addresses.");
