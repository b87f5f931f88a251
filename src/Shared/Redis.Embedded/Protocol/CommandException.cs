namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>Ends a command with an error reply. The message is the whole reply, its first word the error code.</summary>
internal sealed class CommandException(string message) : Exception(message);
