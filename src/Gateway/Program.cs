using ShopSession.Gateway;
using ShopSession.Gateway.Configuration;

try
{
    var app = GatewayApplication.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception problem) when (StartProblem.Explain(problem) is { } message)
{
    await Console.Error.WriteLineAsync(message);
    return 1;
}
