namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>The client broke the protocol. It gets the message as an error and the connection is closed: the stream has no meaning any more.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
