using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using ShopSession.Sessions;

var builder = WebApplication.CreateBuilder(args);
builder.AddSharedSession(options => options.Domain = "shop.localhost"); // ConnectionStrings:redis names the store

var app = builder.Build();
app.UseSharedSession(); // session, authentication, authorization

app.MapGet("/", (HttpContext http) => $"Hello {http.User.Identity?.Name ?? "guest"}, you like {http.Session.GetString("color") ?? "no color yet"}.");
app.MapPost("/color/{color}", (HttpContext http, string color) => http.Session.SetString("color", color));
app.MapPost("/sign-in/{name}", (HttpContext http, string name) => http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
    [new(ClaimTypes.NameIdentifier, name), new(ClaimTypes.Name, name)], "demo")))); // check a password here
app.MapPost("/sign-out", (HttpContext http) => http.SignOutAsync());
app.MapGet("/members", (HttpContext http) => $"Members only: {http.User.Identity!.Name}").RequireAuthorization();
app.Run();
