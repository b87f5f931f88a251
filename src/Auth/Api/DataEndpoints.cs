using System.Globalization;
using System.Net.Mime;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Erasure;
using ShopSession.Auth.SignIn;
using ShopSession.Web.Errors;

namespace ShopSession.Auth.Api;

/// <summary>Taking one's data along, and going. Both ask for a recent sign-in.</summary>
internal static class DataEndpoints
{
    public static void MapData(this IEndpointRouteBuilder api)
    {
        var account = api.MapGroup("/account").RequireAuthorization(AuthPolicies.RecentSignIn);
        account.MapGet("/export", ExportAsync);
        account.MapPost("/delete", DeleteAsync);
    }

    private static async Task<IResult> ExportAsync(HttpContext context, Profile profile, AccountExport export, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await profile.FindAsync(context.User.UserId().Value, cancellationToken) is not { } user) return ShopProblems.NotFound.AsResult();
        var data = await export.CollectAsync(user, cancellationToken);
        context.Response.Headers.ContentDisposition = new ContentDisposition { FileName = $"holdfast-{time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.json" }.ToString();
        return Results.Ok(data);
    }

    private static async Task<IResult> DeleteAsync(DeleteRequest body, HttpContext context, Profile profile, AccountErasure erasure, CancellationToken cancellationToken)
    {
        if (await profile.FindAsync(context.User.UserId().Value, cancellationToken) is not { } user) return ShopProblems.NotFound.AsResult();
        var errors = await erasure.DeleteAsync(context, user, body.Password, cancellationToken);
        if (errors.Any) return ShopProblems.Invalid(errors.All).AsResult();
        await SessionEnding.HereAsync(context);
        return Results.NoContent();
    }
}

internal sealed record DeleteRequest(string? Password);
