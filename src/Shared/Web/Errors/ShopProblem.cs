using System.Collections.ObjectModel;
using Microsoft.AspNetCore.Http;

namespace ShopSession.Web.Errors;

/// <summary>
/// One kind of error that the shop answers with: as <c>application/problem+json</c> (RFC 9457) to programs, as a page to browsers.
/// </summary>
/// <param name="Name">The stable end of <see cref="Type"/>, kebab case.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What is wrong, the same for every occurrence.</param>
/// <param name="Detail">What happened here and what to do about it; shown to people. Never carries internals.</param>
public sealed record ShopProblem(string Name, int Status, string Title, string Detail)
{
    /// <summary>The address that names the kind of problem. It is an identifier and stays the same wherever the shop runs.</summary>
    public string Type => $"https://shop.localhost/problems/{Name}";

    /// <summary>Sent as <c>Retry-After</c>, in whole seconds, when set.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Per field, what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = ReadOnlyDictionary<string, string[]>.Empty;

    /// <summary>Further members of the problem document, for example the lines that are short of stock.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>The problem as the result of an endpoint; negotiates page or JSON.</summary>
    public IResult AsResult() => new ShopProblemResult(this);
}

/// <summary>The kinds of problems that every service shares, in the words of the request's language.</summary>
public static class ShopProblems
{
    /// <summary>Bad input; name the fields with <see cref="Invalid(string, string)"/>.</summary>
    public static ShopProblem BadRequest => new("bad-request", 400, T["The request could not be understood"], T["Something in the request is not as expected. Check it and send it again."]);

    /// <summary>The form's anti-forgery token is missing, of another user, or from before a sign-in.</summary>
    public static ShopProblem FormExpired => new("form-expired", 400, T["This page was open too long"], T["For your safety the form was not sent: it belongs to an earlier visit. Go back, reload the page and send it again."]);

    /// <summary>Sign-in is needed.</summary>
    public static ShopProblem SignInRequired => new("sign-in-required", 401, T["Please sign in"], T["This needs an account. Sign in and try again."]);

    /// <summary>Signed in, but not allowed.</summary>
    public static ShopProblem Forbidden => new("forbidden", 403, T["Not for this account"], T["The account that is signed in may not do this."]);

    /// <summary>A browser sent the request from a page that is not the shop's.</summary>
    public static ShopProblem ForeignOrigin => new("foreign-origin", 403, T["The request did not come from the shop"], T["It was sent from another site and was not carried out. Open the shop and do it there."]);

    /// <summary>No such address, product, order …</summary>
    public static ShopProblem NotFound => new("not-found", 404, T["There is nothing here"], T["The address may be mistyped, or what it showed is no longer sold."]);

    /// <summary>The address exists, but not for this method.</summary>
    public static ShopProblem MethodNotAllowed => new("method-not-allowed", 405, T["That cannot be done here"], T["The address does not take this kind of request. The Allow header names the kinds it takes."]);

    /// <summary>The request does not fit what is stored now.</summary>
    public static ShopProblem Conflict => new("conflict", 409, T["Something changed in between"], T["Reload to see how things stand now, then try again."]);

    /// <summary>The session ended while the request was on its way.</summary>
    public static ShopProblem SessionEnded => new("session-ended", 409, T["Your session ended in between"], T["The change was not stored: you were signed out, or signed in anew, elsewhere. Reload and try again."]);

    /// <summary>The user has as many sessions as allowed.</summary>
    public static ShopProblem SessionLimit => new("session-limit", 409, T["Signed in on too many devices"], T["Sign out on another device first, then sign in here."]);

    /// <summary>The body is larger than allowed.</summary>
    public static ShopProblem TooLarge => new("too-large", 413, T["That is too much at once"], T["The request is larger than the shop accepts."]);

    /// <summary>The body's type is not one that the endpoint reads.</summary>
    public static ShopProblem UnsupportedMediaType => new("unsupported-media-type", 415, T["This kind of content is not read here"], T["Send JSON with Content-Type: application/json, unless the address is a form's."]);

    /// <summary>Too many requests.</summary>
    public static ShopProblem TooManyRequests => new("too-many-requests", 429, T["Too many tries"], T["Wait a moment, then try again."]);

    /// <summary>A fault of the shop's own.</summary>
    public static ShopProblem Unexpected => new("unexpected", 500, T["That went wrong on our side"], T["The fault has been noted. What you had before is unchanged; trying again often works."]);

    /// <summary>The session store cannot be reached.</summary>
    public static ShopProblem StoreUnavailable => new("store-unavailable", 503, T["Back in a moment"], T["We cannot reach your session just now. You are still signed in, and your cart is kept; please try again shortly."]) { RetryAfter = TimeSpan.FromSeconds(2) };

    /// <summary>The store was asked and did not answer: the change may or may not have been made.</summary>
    public static ShopProblem OutcomeUnknown => new("outcome-unknown", 503, T["We could not confirm that"], T["The change may or may not have been stored. Reload to see how things stand before you repeat it."]) { RetryAfter = TimeSpan.FromSeconds(2) };

    /// <summary>A sibling service or a database cannot be reached.</summary>
    public static ShopProblem ServiceUnavailable => new("service-unavailable", 503, T["Back in a moment"], T["A part of the shop is not answering just now. Please try again shortly."]) { RetryAfter = TimeSpan.FromSeconds(2) };

    /// <summary>Bad input in one field.</summary>
    public static ShopProblem Invalid(string field, string message) => Invalid(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>Bad input; <paramref name="errors"/> says per field what is wrong.</summary>
    public static ShopProblem Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new("invalid-input", 400, T["Something is not filled in as expected"], T["See what is said at each field, correct it and send it again."]) { Errors = errors };

    /// <summary>The plain problem of a status code.</summary>
    public static ShopProblem OfStatus(int status) => status switch
    {
        400 => BadRequest,
        401 => SignInRequired,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        409 => Conflict,
        413 => TooLarge,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        503 => ServiceUnavailable,
        >= 500 => Unexpected with { Status = status },
        _ => BadRequest with { Status = status },
    };
}
