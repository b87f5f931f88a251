using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using ShopSession.Cart.Addresses;
using ShopSession.Cart.Api;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Catalog;
using ShopSession.Cart.Checkout;
using ShopSession.Cart.Limits;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Payments;
using ShopSession.Cart.Views;
using ShopSession.Data;
using ShopSession.Web;
using ShopSession.Web.Assets;
using ShopSession.Web.CartSummary;
using ShopSession.Web.Clients;

namespace ShopSession.Cart;

/// <summary>Puts the cart service together. Tests build the same application and start several in one process.</summary>
internal static class CartApplication
{
    /// <param name="builder">The application's builder, with its configuration.</param>
    /// <param name="replace">Puts test doubles at the boundaries, after everything else is registered.</param>
    public static WebApplication Build(WebApplicationBuilder builder, Action<IServiceCollection>? replace = null)
    {
        var services = builder.Services;
        services.AddScoped<ICartSummary, LocalCartSummary>();
        builder.AddShopDefaults("cart");
        builder.AddShopServiceClient(HttpCatalog.Client);
        builder.AddShopServiceClient(SavedAddresses.Client);
        services.AddSingleton<SavedAddresses>();
        services.AddSingleton<ICatalog, HttpCatalog>();
        services.AddSingleton<ICartStore, RedisCartStore>();
        services.AddSingleton<CartMerger>();
        services.AddSingleton<CurrentCart>();
        services.AddSingleton<CartService>();
        services.AddSingleton<CartViews>();
        services.AddSingleton<CartGlances>();
        var everybodyIsLocal = builder.Environment.IsDevelopment();
        services.AddOptions<RequestLimitOptions>()
            .Configure(limits =>
            {
                // On a developer's machine all visitors share one address, and load is made on purpose. Guesses stay limited.
                if (!everybodyIsLocal) return;
                limits.CartChangesPerSession *= 50;
                limits.CartChangesPerAddress *= 50;
                limits.OrdersPerSession *= 50;
                limits.OrdersPerAddress *= 50;
            })
            .BindConfiguration(RequestLimitOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RequestLimitOptions>, RequestLimitOptionsValidator>();
        services.AddSingleton<RequestLimiter>();
        AddCheckout(builder);
        services.AddSingleton(new ShopAssetSource(typeof(CartApplication).Assembly));
        services.AddSingleton(T);
        services.ConfigureHttpJsonOptions(options =>
        {
            // "3" is not 3, and {"quantity":1,"quantity":99} is a riddle: both are refused, naming the field.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.AllowDuplicateProperties = false;
        });

        replace?.Invoke(services);
        var app = builder.Build();
        app.UseShopDefaults();
        UseItemsCors(app);
        app.UseMiddleware<RequestLimitMiddleware>();
        app.MapShopDefaults();
        app.MapCartApi();
        app.MapCheckoutApi();
        app.MapOrderAdministration();
        app.MapInternalApi();
        app.MapInternalUsers();
        return app;
    }

    private static void AddCheckout(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddShopDatabase<CartDbContext>("cart");
        services.AddOptions<CheckoutOptions>().BindConfiguration(CheckoutOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CheckoutOptions>, CheckoutOptionsValidator>();
        services.AddSingleton<OrderWriter>();
        services.AddSingleton<IStockHolds, HttpStockHolds>();
        services.AddSingleton<IPaymentProvider, TestPaymentProvider>();
        services.AddSingleton<CheckoutValidator>();
        services.AddSingleton<CheckoutSteps>();
        services.AddSingleton<CheckoutProcessor>();
        services.AddSingleton<CheckoutService>();
        services.AddSingleton<OrderQueries>();
        services.AddSingleton<OrderTransitions>();
        services.AddSingleton<OrderCancellation>();
        services.AddSingleton<OrderLog>();
        services.AddSingleton<OrderErasure>();
        services.AddSingleton<GuestOrders>();
        services.AddSingleton<ArrivingOrders>();
        services.AddHostedService<CheckoutRecovery>();
    }

    /// <summary>Scripts of the shop's exact origins may add by form and read the answer; nobody else's may.</summary>
    private static void UseItemsCors(WebApplication app)
    {
        var origins = app.Services.GetRequiredService<ShopUrls>().Origins;
        app.UseWhen(
            context => context.Request.Path.Equals("/items", StringComparison.OrdinalIgnoreCase),
            branch => branch.UseCors(policy => policy.WithOrigins([.. origins]).AllowCredentials().WithMethods("POST").WithHeaders("Accept")));
    }
}
