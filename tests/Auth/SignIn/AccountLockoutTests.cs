using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.SignIn;
using ShopSession.Data;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.SignIn;

public sealed class AccountLockoutTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_SQLite_failures_at_once_are_each_counted_and_lock_longer_and_longer()
    {
        var folder = Directory.CreateTempSubdirectory("shop-auth-").FullName;
        await CountsAndLocksAsync($"Data Source={folder}/auth.db;Pooling=False");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task On_PostgreSQL_failures_at_once_are_each_counted_and_lock_longer_and_longer()
    {
        await using var server = await PostgresServerProcess.StartAsync(Token);
        await CountsAndLocksAsync(server.ConnectionString("auth"));
    }

    private static async Task CountsAndLocksAsync(string connectionString)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:authdb", connectionString)]);
        builder.AddShopDatabase<AuthDbContext>("auth");
        await using var app = builder.Build();
        await app.Services.InitializeShopDatabaseAsync<AuthDbContext>(Token);
        var contexts = app.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>();
        var user = new ShopUser { UserName = "a@b.example", Email = "a@b.example", NormalizedEmail = "A@B.EXAMPLE", DisplayName = "A", LockoutEnabled = true };
        await using (var db = await contexts.CreateDbContextAsync(Token))
        {
            db.Users.Add(user);
            await db.SaveChangesAsync(Token);
        }

        await FailAsync(9, atOnce: true);
        Assert.Equal((9, null), await ReadAsync());
        int[] minutes = [1, 2, 4, 8, 16, 32, 60, 60];
        for (var i = 0; i < minutes.Length; i++)
        {
            await FailAsync(1, atOnce: false);
            Assert.Equal((10 + i, Start.AddMinutes(minutes[i])), await ReadAsync());
        }

        await FailAsync(40, atOnce: true);
        Assert.Equal((57, Start.AddMinutes(60)), await ReadAsync());
        await using (var db = await contexts.CreateDbContextAsync(Token))
        {
            var lockout = new AccountLockout(db, new StoppedClock(Start));
            var locked = await db.Users.AsNoTracking().SingleAsync(row => row.Id == user.Id, Token);
            Assert.True(lockout.IsLocked(locked));
            Assert.False(new AccountLockout(db, new StoppedClock(Start.AddMinutes(61))).IsLocked(locked));
            await lockout.ClearAsync(locked);
            await lockout.CountFailureAsync(null);
        }

        Assert.Equal((0, null), await ReadAsync());

        async Task FailAsync(int times, bool atOnce)
        {
            await Parallel.ForAsync(0, times, new ParallelOptions { MaxDegreeOfParallelism = atOnce ? 16 : 1 }, async (_, cancellationToken) =>
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                await new AccountLockout(db, new StoppedClock(Start)).CountFailureAsync(user);
            });
        }

        async Task<(int, DateTimeOffset?)> ReadAsync()
        {
            await using var db = await contexts.CreateDbContextAsync(Token);
            var row = await db.Users.AsNoTracking().SingleAsync(row => row.Id == user.Id, Token);
            return (row.AccessFailedCount, row.LockoutEnd);
        }
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
