using System.Net;
using System.Net.Http.Json;
using ShopSession.Cart.Catalog;
using ShopSession.Sessions;
using ShopSession.Web.Addresses;

namespace ShopSession.Cart.Addresses;

/// <summary>
/// The account's saved addresses, over auth's internal HTTP interface. They are a convenience: when auth does not answer in time there are none, and a
/// line in the log; nobody is kept from ordering. Safe for concurrent use.
/// </summary>
internal sealed partial class SavedAddresses(IHttpClientFactory clients, ILogger<SavedAddresses> logger)
{
    public const string Client = "auth";

    /// <summary>A shopper waits for the form, or for the page of an order that is placed already.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The default one first; <see langword="null"/>: auth did not answer.</summary>
    public Task<IReadOnlyList<SavedAddress>?> ListAsync(UserId user, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<SavedAddress>?>(async (auth, token) =>
    {
        var addresses = await auth.GetFromJsonAsync<AddressJson[]>(PathOf(user), token);
        return [.. addresses!.Select(address => address.ToAddress())];
    }, null, cancellationToken);

    /// <summary>Adds an address, unless the account has it already.</summary>
    public Task<SaveResult> SaveAsync(UserId user, PostalAddress address, CancellationToken cancellationToken) => AskAsync(async (auth, token) =>
    {
        using var answer = await auth.PostAsJsonAsync(PathOf(user), address, token);
        if (answer.StatusCode == HttpStatusCode.Conflict) return SaveResult.Full;
        answer.EnsureSuccessStatusCode();
        return SaveResult.Saved;
    }, SaveResult.NoAnswer, cancellationToken);

    private static Uri PathOf(UserId user) => new($"/internal/users/{Uri.EscapeDataString(user.Value)}/addresses", UriKind.Relative);

    private async Task<T> AskAsync<T>(Func<HttpClient, CancellationToken, Task<T>> ask, T otherwise, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await ask(clients.CreateClient(Client), limit.Token);
        }
        catch (Exception exception) when (HttpCatalog.IsNoAnswer(exception, cancellationToken))
        {
            LogNoAnswer(exception.Message);
            return otherwise;
        }
    }

    [LoggerMessage(2140, LogLevel.Warning, "Auth did not answer about saved addresses, so the checkout goes on without them: {Reason}")]
    private partial void LogNoAnswer(string reason);

    private sealed record AddressJson(Guid Id, string Name, string Line1, string? Line2, string City, string PostalCode, string Country)
    {
        public SavedAddress ToAddress() => new(Id, new PostalAddress(Name, Line1, Line2, City, PostalCode, Country));
    }
}
