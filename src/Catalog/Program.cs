using ShopSession.Catalog;
using ShopSession.Data;
using ShopSession.Web.Starting;

return await ShopStart.RunAsync("Catalog", args, CatalogApplication.Build, typeof(ShopDatabaseException));
