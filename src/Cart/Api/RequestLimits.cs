using Microsoft.AspNetCore.Mvc;

namespace ShopSession.Cart.Api;

internal static class RequestLimits
{
    /// <summary>A larger body is answered with 413 before it is read.</summary>
    public static TBuilder WithRequestLimit<TBuilder>(this TBuilder builder, int bytes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequestSizeLimitAttribute(bytes));
}
