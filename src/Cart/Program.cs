using ShopSession.Cart;
using ShopSession.Data;
using ShopSession.Web.Starting;

return await ShopStart.RunAsync("Cart", args, static builder => CartApplication.Build(builder), typeof(ShopDatabaseException));
