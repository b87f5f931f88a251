using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ShopSession.Gateway.Configuration;

/// <summary>Turns what stops a start into the one message that a user needs.</summary>
internal static class StartProblem
{
    /// <summary><see langword="null"/>: not a problem of settings or surroundings, so the exception itself has to be seen.</summary>
    public static string? Explain(Exception problem)
    {
        var reason = problem switch
        {
            OptionsValidationException settings => string.Join(Environment.NewLine, settings.Failures),
            InvalidOperationException { InnerException: FormatException } conversion => conversion.Message,
            IOException { InnerException: AddressInUseException } => $"{problem.Message} Stop what listens there, or set ASPNETCORE_URLS (or Shop__Port) to another port.",
            _ => null,
        };
        return reason is null ? null : $"The gateway cannot start: {reason}";
    }
}
