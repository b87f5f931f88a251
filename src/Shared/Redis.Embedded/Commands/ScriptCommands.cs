using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Commands that this store knows of and does not have, with an error that says what to do instead.</summary>
internal static class ScriptCommands
{
    private const string NoScripts = "ERR scripts are not supported by the embedded store: use plain commands with MULTI, EXEC and WATCH, or run redis-server or valkey-server";
    private const string NoCluster = "ERR This instance has cluster support disabled";

    public static void Register(CommandTable table)
    {
        foreach (var name in (ReadOnlySpan<string>)["eval", "evalsha", "fcall"]) table.Add(name, -3, None, _ => throw new CommandException(NoScripts));
        foreach (var name in (ReadOnlySpan<string>)["eval_ro", "evalsha_ro", "fcall_ro"]) table.Add(name, -3, ReadOnly, _ => throw new CommandException(NoScripts));
        foreach (var name in (ReadOnlySpan<string>)["script", "function"]) table.Add(name, -2, None, _ => throw new CommandException(NoScripts));
        table.Add("cluster", -2, None, _ => throw new CommandException(NoCluster));
    }
}
