namespace ShopSession.Redis.Embedded.Connections;

/// <summary>What the store can ask of a client's connection.</summary>
internal interface IClientConnection
{
    /// <summary>Cuts the connection at once.</summary>
    void Close(string reason);

    /// <summary>Messages were appended that the client's own commands do not send off.</summary>
    void HasPushes(Client client);

    /// <summary>Sends what waits, as far as the socket takes it at once; the task ends when nothing waits any more.</summary>
    Task Flush();
}
