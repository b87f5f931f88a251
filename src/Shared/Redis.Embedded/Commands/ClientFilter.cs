using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Which clients CLIENT KILL is about: all given conditions must hold.</summary>
internal sealed record ClientFilter(long? Id, string? Address, string? LocalAddress, string? Type, string? User, bool SkipsMe)
{
    public static ClientFilter Parse(CommandContext c)
    {
        var filter = new ClientFilter(null, null, null, null, null, SkipsMe: true);
        if ((c.Count & 1) != 0) throw new CommandException(Errors.Syntax);
        for (var i = 2; i < c.Count; i += 2)
        {
            var value = ByteText.Text(c[i + 1]);
            if (c.Is(i, "ID"u8)) filter = filter with { Id = IdOf(c, i + 1) };
            else if (c.Is(i, "ADDR"u8)) filter = filter with { Address = value };
            else if (c.Is(i, "LADDR"u8)) filter = filter with { LocalAddress = value };
            else if (c.Is(i, "TYPE"u8)) filter = filter with { Type = TypeOf(value) };
            else if (c.Is(i, "USER"u8)) filter = filter with { User = value == "default" ? value : throw new CommandException($"ERR No such user '{value}'") };
            else if (c.Is(i, "SKIPME"u8) && c.Is(i + 1, "YES"u8)) filter = filter with { SkipsMe = true };
            else if (c.Is(i, "SKIPME"u8) && c.Is(i + 1, "NO"u8)) filter = filter with { SkipsMe = false };
            else throw new CommandException(Errors.Syntax);
        }

        return filter;
    }

    public bool Matches(Client client, Client self) =>
        (Id is null || client.Id == Id) &&
        (Address is null || client.Address == Address) &&
        (LocalAddress is null || client.LocalAddress == LocalAddress) &&
        (Type is null || ClientLine.TypeOf(client) == Type) &&
        !(SkipsMe && client == self);

    private static long IdOf(CommandContext c, int index)
    {
        var id = c.Int(index, "ERR client-id should be greater than 0");
        return id > 0 ? id : throw new CommandException("ERR client-id should be greater than 0");
    }

    private static string TypeOf(string value)
    {
        var type = value.ToLowerInvariant();
        return type is "normal" or "pubsub" or "master" or "replica" or "slave" ? type : throw new CommandException($"ERR Unknown client type '{value}'");
    }
}
