using ShopSession.Redis.Embedded.Execution;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>The replies to HELP subcommands.</summary>
internal static class Help
{
    public static void Write(CommandContext c, string command, params ReadOnlySpan<string> lines)
    {
        c.Reply.ArrayHeader(lines.Length + 2);
        c.Reply.Simple($"{command} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
        foreach (var line in lines) c.Reply.Simple(line);
        c.Reply.Simple("HELP");
    }
}
