using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ShopSession.Web.Starting;

/// <summary>Runs a service so that a start that fails for its settings or surroundings ends with one message and exit code 1, not with a stack trace.</summary>
public static class ShopStart
{
    /// <summary>Builds and runs the service until it is stopped.</summary>
    /// <param name="name">What the message calls the service, for example <c>Cart</c>.</param>
    /// <param name="args">The command line.</param>
    /// <param name="build">Makes the application of its builder.</param>
    /// <param name="expected">Exceptions of the service whose message tells a user all there is to know.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string name, string[] args, Func<WebApplicationBuilder, WebApplication> build, params Type[] expected)
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            var builder = WebApplication.CreateBuilder(args);
            // The message below says why a start failed; until then the host would log the stack trace first.
            var started = false;
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started || level < LogLevel.Error);
            await using var app = build(builder);
            app.Lifetime.ApplicationStarted.Register(() => started = true);
            await app.RunAsync().ConfigureAwait(false);
            return 0;
        }
        catch (Exception problem) when (Explain(problem, expected) is { } reason)
        {
            await Console.Error.WriteLineAsync($"{name} cannot start: {reason}").ConfigureAwait(false);
            return 1;
        }
    }

    /// <summary><see langword="null"/>: not a problem of settings or surroundings, so the exception itself has to be seen.</summary>
    private static string? Explain(Exception problem, Type[] expected) => problem switch
    {
        OptionsValidationException settings => string.Join(Environment.NewLine, settings.Failures),
        AggregateException { InnerExceptions: [var only] } => Explain(only, expected),
        InvalidOperationException { InnerException: FormatException } conversion => conversion.Message,
        IOException { InnerException: AddressInUseException } => $"{problem.Message} Stop what listens there, or set ASPNETCORE_URLS to another port.",
        _ when Array.Exists(expected, type => type.IsInstanceOfType(problem)) => problem.Message,
        _ => null,
    };
}
