using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ShopSession.Web.Origins;

/// <summary>Lets the scripts of the shop's exact origins, and of no other, use the JSON API of a sibling with the visitor's cookie.</summary>
internal static class SiblingCors
{
    public const string Policy = "shop-siblings";

    public static void AddSiblingCors(this IServiceCollection services)
    {
        services.AddCors();
        services.AddSingleton<IConfigureOptions<CorsOptions>, ConfigureSiblings>();
    }

    public static void UseSiblingCors(this WebApplication app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase), branch => branch.UseCors(Policy));

    private sealed class ConfigureSiblings(ShopUrls urls) : IConfigureOptions<CorsOptions>
    {
        public void Configure(CorsOptions options) => options.AddPolicy(Policy, policy => policy
            .WithOrigins([.. urls.Origins])
            .AllowCredentials()
            .WithMethods("GET", "POST", "PUT", "DELETE")
            .WithHeaders("Content-Type", "Accept", "Idempotency-Key")
            .WithExposedHeaders("Retry-After")
            .SetPreflightMaxAge(TimeSpan.FromHours(2)));
    }
}
