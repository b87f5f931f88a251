using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Connections;

/// <summary>The connection of the client that replays the log: nobody listens.</summary>
internal sealed class NullOutput : IClientOutput, IClientConnection
{
    public long Pending => 0;

    public void Append(ByteBuffer buffer)
    {
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
    }

    public void Close(string reason)
    {
    }

    public void HasPushes(Client client)
    {
    }

    public Task Flush() => Task.CompletedTask;
}
