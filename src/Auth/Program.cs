using ShopSession.Auth;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Api;
using ShopSession.Data;
using ShopSession.Web;
using ShopSession.Web.Starting;

return await ShopStart.RunAsync("Auth", args, static builder =>
{
    builder.AddShopDefaults("auth");
    builder.AddAuth();

    var app = builder.Build();
    app.UseShopDefaults();
    app.MapShopDefaults();
    var api = app.MapGroup("/api").AddEndpointFilter<ProblemFilter>();
    api.MapAccounts();
    api.MapDevices();
    api.MapRecovery();
    api.MapData();
    api.MapAddresses();
    api.MapTwoFactor();
    api.MapPasskeys();
    api.MapEmails();
    api.MapDevelopmentMailbox();
    app.MapAdministrators();
    app.MapInternalUsers();
    app.MapInternalAddresses();
    return app;
}, typeof(ShopDatabaseException), typeof(DemoAccountException));
