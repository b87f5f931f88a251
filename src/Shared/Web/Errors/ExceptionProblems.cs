using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using ShopSession.Redis;
using ShopSession.Sessions;

namespace ShopSession.Web.Errors;

/// <summary>Which problem an exception is told as.</summary>
internal static partial class ExceptionProblems
{
    public static ShopProblem Of(Exception exception) => exception switch
    {
        SessionStoreUnavailableException or RedisUnavailableException => ShopProblems.StoreUnavailable,
        RedisOutcomeUnknownException => ShopProblems.OutcomeUnknown,
        SessionEndedException => ShopProblems.SessionEnded,
        SessionLimitReachedException => ShopProblems.SessionLimit,
        AntiforgeryValidationException => ShopProblems.FormExpired,
        BadHttpRequestException { InnerException: AntiforgeryValidationException } => ShopProblems.FormExpired,
        BadHttpRequestException bad => OfBadRequest(bad),
        // A form with too many fields, or a field that is too long.
        InvalidDataException => ShopProblems.BadRequest,
        HttpRequestException or TimeoutException => ShopProblems.ServiceUnavailable,
        // The framework reports a failed save through the exception that caused it.
        { InnerException: { } inner } when inner is SessionStoreUnavailableException or RedisUnavailableException or RedisOutcomeUnknownException or SessionEndedException or SessionLimitReachedException => Of(inner),
        _ => ShopProblems.Unexpected,
    };

    private static ShopProblem OfBadRequest(BadHttpRequestException bad)
    {
        if (bad.StatusCode != 400) return ShopProblems.OfStatus(bad.StatusCode);
        if (bad.InnerException is JsonException json) return ShopProblems.Invalid(JsonField(json.Path), T["This is not the JSON that was expected here."]);
        // Names the parameter and repeats the value that could not be read: the framework's wording, the only place where both are.
        if (FailedParameter().Match(bad.Message) is { Success: true } failed) return ShopProblems.Invalid(failed.Groups["name"].Value, T["This value cannot be read here."]);
        if (MissingParameter().Match(bad.Message) is { Success: true } missing) return ShopProblems.Invalid(missing.Groups["name"].Value, T["This is needed."]);
        return ShopProblems.BadRequest;
    }

    private static string JsonField(string? path) => path is null or "$" or "" ? "body" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    [GeneratedRegex("^Failed to bind parameter \"[^\"]* (?<name>[A-Za-z0-9_]+)\" from")]
    private static partial Regex FailedParameter();

    [GeneratedRegex("^Required parameter \"[^\"]* (?<name>[A-Za-z0-9_]+)\" was not provided")]
    private static partial Regex MissingParameter();
}
