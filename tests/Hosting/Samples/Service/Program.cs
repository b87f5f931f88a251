using System.Runtime.InteropServices;

if (Environment.GetEnvironmentVariable("Sample__FailAtStart") is { Length: > 0 } message)
{
    Console.Error.WriteLine(message);
    Console.Error.WriteLine("   at Sample.Somewhere.Deep()");
    return 3;
}

if (Environment.GetEnvironmentVariable("Sample__Job") is { Length: > 0 } code)
{
    Console.WriteLine("job done");
    return int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);
}

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
using var stubborn = builder.Configuration.GetValue("Sample:Stubborn", false)
    ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true)
    : null;
var healthy = true;
app.MapGet("/health", () => healthy ? Results.Ok() : Results.Problem("the sample is unwell", statusCode: 503));
app.MapPost("/health/{value}", (bool value) => healthy = value);
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapGet("/arguments", () => args);
app.MapPost("/say", (string text, ILogger<Program> logger) => logger.LogWarning("{Text}", text));
app.MapPost("/exit/{code:int}", (int code) => Environment.Exit(code));
app.Lifetime.ApplicationStopped.Register(() => Console.WriteLine($"stopped at {DateTime.UtcNow:O}"));
app.Run();
return 0;
