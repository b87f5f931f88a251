using Microsoft.Extensions.Logging;

namespace ShopSession.Data;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Database {Name} is ready: {Provider} at {Location}, schema version {Version}, {Elapsed} ms")]
    public static partial void DatabaseReady(ILogger logger, string name, DatabaseProvider provider, string location, int version, long elapsed);

    [LoggerMessage(3002, LogLevel.Information, "Database {Name}: applied schema script {Version} ({Script})")]
    public static partial void SchemaScriptApplied(ILogger logger, string name, int version, string script);

    [LoggerMessage(3003, LogLevel.Warning, "Database {Name} has schema version {Newer}, this replica knows {Known}: a newer release is or was running")]
    public static partial void SchemaIsNewer(ILogger logger, string name, int newer, int known);

    [LoggerMessage(3004, LogLevel.Warning, "Database {Name}: waiting for {Location}: {Reason}")]
    public static partial void WaitingForDatabase(ILogger logger, string name, string location, string reason);

    [LoggerMessage(3005, LogLevel.Information, "Database {Name}: created {Location}")]
    public static partial void DatabaseCreated(ILogger logger, string name, string location);
}
