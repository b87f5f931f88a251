using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Data;
using ShopSession.Data.Probe;

// Starts like a service, up to the point where it would serve, and says how many shelves there are.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddShopDatabase<ProbeContext>("probe", async (db, _, cancellationToken) =>
{
    if (await db.Shelves.AnyAsync(cancellationToken)) return;
    for (var i = 0; i < 20; i++) db.Shelves.Add(new Shelf { Name = $"Shelf {i}" });
    await db.SaveChangesAsync(cancellationToken);
});
await using var app = builder.Build();
try
{
    await app.Services.InitializeShopDatabaseAsync<ProbeContext>();
}
catch (ShopDatabaseException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}

await using var scope = app.Services.CreateAsyncScope();
Console.WriteLine($"shelves={await scope.ServiceProvider.GetRequiredService<ProbeContext>().Shelves.CountAsync()}");
return 0;
