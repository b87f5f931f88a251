using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ShopSession.Redis;
using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.Bench.Servers;

/// <summary>A server process with one stack. Its endpoints are the same in all. It ends when its input does, so never outlives the benchmark.</summary>
internal static class BenchServer
{
    private static readonly string Constant = new('x', 100);
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(20);

    public static async Task<int> RunAsync(Stack stack, string redis)
    {
        var builder = WebApplication.CreateSlimBuilder();
        // Its connections rest while the other servers are measured.
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1)).UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:redis"] = redis });
        AddStack(builder, stack);
        await using var app = builder.Build();
        app.UseRouting();
        if (stack.IsShared) app.UseSharedSession();
        else if (stack == Stack.Memory || stack == Stack.Cache) app.UseSession();
        Map(app, stack);
        await app.StartAsync();
        Console.WriteLine($"listening {app.Urls.First()}");
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Nothing is asked this way.
        }

        await app.StopAsync();
        return 0;
    }

    private static void AddStack(WebApplicationBuilder builder, Stack stack)
    {
        if (stack == Stack.Memory)
        {
            builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
            builder.Services.AddDistributedMemoryCache().AddSession();
        }
        else if (stack == Stack.Cache)
        {
            builder.AddRedisClient();
            builder.Services.AddDataProtection().PersistKeysToRedis();
            builder.Services.AddRedisDistributedCache();
            builder.Services.AddSession();
        }
        else if (stack == Stack.Floor || stack == Stack.RecordFloor)
        {
            builder.AddRedisClient();
        }
        else if (stack != Stack.None)
        {
            builder.AddSharedSession(options =>
            {
                options.Domain = "shop.localhost";
                options.NearCache = stack == Stack.SharedNear;
            });
        }
    }

    private static void Map(WebApplication app, Stack stack)
    {
        var none = app.MapMethods("/none", ["GET", "POST"], http => WriteAsync(http, Constant));
        if (stack.IsShared) none.DisableSharedSession();
        if (stack == Stack.None)
        {
            app.MapGet("/read", http => WriteAsync(http, Constant));
            app.MapPost("/write", http => WriteAsync(http, Constant));
            return;
        }

        // Never the same value: what did not change is not written.
        var written = 0L;
        string NextValue() => Interlocked.Increment(ref written).ToString("D100", CultureInfo.InvariantCulture);
        if (stack == Stack.Floor)
        {
            MapFloor(app, app.Services.GetRequiredService<IRedisClient>(), NextValue);
            return;
        }

        if (stack == Stack.RecordFloor)
        {
            MapRecordFloor(app, app.Services.GetRequiredService<IRedisClient>(), NextValue);
            return;
        }

        app.MapGet("/read", async http =>
        {
            await http.Session.LoadAsync(http.RequestAborted);
            await WriteAsync(http, http.Session.GetString("a") ?? "");
        });
        app.MapGet("/read-at-once", http => WriteAsync(http, http.Session.GetString("a") ?? ""));
        app.MapPost("/write", async http =>
        {
            await http.Session.LoadAsync(http.RequestAborted);
            var value = NextValue();
            http.Session.SetString("a", value);
            await WriteAsync(http, value);
        });
        if (stack.IsShared) app.MapPost("/fill/{count:int}/{signedIn:bool}", FillAsync);
    }

    private static void MapFloor(WebApplication app, IRedisClient redis, Func<string> nextValue)
    {
        app.MapGet("/read", async http => await WriteAsync(http, await redis.GetStringAsync(KeyOf(http), http.RequestAborted) ?? ""));
        app.MapPost("/write", async http =>
        {
            var value = nextValue();
            await redis.SetAsync(KeyOf(http), value, Life, http.RequestAborted);
            await WriteAsync(http, value);
        });
    }

    private static void MapRecordFloor(WebApplication app, IRedisClient redis, Func<string> nextValue)
    {
        app.MapGet("/read", async http =>
        {
            var fields = await redis.ExecuteAsync(new RedisCommand("HGETALL", KeyOf(http)), http.RequestAborted);
            await WriteAsync(http, fields.Items[^1].AsString() ?? "");
        });
        app.MapPost("/write", async http =>
        {
            var (key, value) = (KeyOf(http), nextValue());
            var transaction = new RedisTransaction()
                .Add("HSET", key, "seen", DateTimeOffset.UtcNow.ToUnixTimeSeconds(), "value", value)
                .Add("PEXPIRE", key, (long)Life.TotalMilliseconds)
                .Add("HMGET", key, "birth", "superseded");
            foreach (var reply in await redis.ExecuteAsync(transaction, http.RequestAborted)) reply.ThrowIfError();
            await WriteAsync(http, value);
        });
    }

    private static string KeyOf(HttpContext http)
    {
        if (http.Request.Cookies["floor"] is { } key) return key;
        key = Guid.NewGuid().ToString("N");
        http.Response.Cookies.Append("floor", key);
        return key;
    }

    // As one piece with its length, so that every stack answers alike.
    private static Task WriteAsync(HttpContext http, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        http.Response.ContentType = "text/plain";
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    /// <summary>Starts sessions that hold no attribute, through the store's own interface, as a browser's first visit or sign-in does.</summary>
    private static async Task FillAsync(HttpContext http, int count, bool signedIn, ISessionStore store)
    {
        var started = Stopwatch.GetTimestamp();
        var nothing = new SessionChanges();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 128 }, async (i, stop) =>
        {
            if (signedIn) await store.SignInAsync(SignIn(i), stop);
            else await store.CreateAsync(SessionId.NewAnonymous(), nothing, stop);
        });
        await WriteAsync(http, Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture));
    }

    private static SignInRequest SignIn(int i)
    {
        var id = new Guid(i, 0, 0, new byte[8]).ToString();
        var principal = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, id), new Claim(ClaimTypes.Name, "Ada Lovelace"), new Claim(ClaimTypes.Email, "ada.lovelace@mail.example")], "Cookies"));
        return new SignInRequest(
            new UserId(id),
            new AuthenticationTicket(principal, new AuthenticationProperties(), "Cookies"),
            null,
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
            "203.0.113.7",
            null);
    }
}
