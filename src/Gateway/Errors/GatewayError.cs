namespace ShopSession.Gateway.Errors;

/// <summary>An answer that the gateway gives itself.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The stable last part of the problem's type.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Detail">What the reader can do.</param>
/// <param name="RetryAfter">After how many seconds trying again makes sense; <see langword="null"/>: it does not.</param>
internal sealed record GatewayError(int Status, string Type, string Title, string Detail, int? RetryAfter = null)
{
    public static readonly GatewayError UnknownHost = new(
        StatusCodes.Status404NotFound, "unknown-host", "No shop at this address", "This address is not part of the shop. Check the spelling of the host name.");

    public static readonly GatewayError NotFound = new(
        StatusCodes.Status404NotFound, "not-found", "Page not found", "There is nothing at this address.");

    public static readonly GatewayError MethodRefused = new(
        StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "Method not allowed", "TRACE and CONNECT are not supported.");

    public static readonly GatewayError HeadersTooLarge = new(
        StatusCodes.Status431RequestHeaderFieldsTooLarge, "headers-too-large", "Your browser sent too much",
        "The cookies or headers of this request are larger than the shop accepts. The shop's cookies have been removed from your browser where they were the reason: reload the page, and sign in again if needed.");

    public static readonly GatewayError NoReplica = new(
        StatusCodes.Status503ServiceUnavailable, "service-unavailable", "Back in a moment", "This part of the shop is not available right now. Nothing was sent or changed; please try again in a few seconds.", RetryAfter: 2);

    public static readonly GatewayError OutcomeUnknown = new(
        StatusCodes.Status502BadGateway, "outcome-unknown", "The connection was lost",
        "The shop lost the connection while it worked on your request, which may or may not have been carried out. Look whether it was before you try again.");

    public static readonly GatewayError BadAnswer = new(
        StatusCodes.Status502BadGateway, "bad-gateway", "Something went wrong", "This part of the shop did not answer properly. Please try again in a few seconds.", RetryAfter: 2);

    public static readonly GatewayError TimedOut = new(
        StatusCodes.Status504GatewayTimeout, "gateway-timeout", "That took too long", "This part of the shop did not answer in time. Look whether your request was carried out before you try again.");

    public static GatewayError BadRequest(int status) => new(status, status == StatusCodes.Status413PayloadTooLarge ? "too-large" : "bad-request", "The request was not understood", "The request is malformed or too large.");
}
