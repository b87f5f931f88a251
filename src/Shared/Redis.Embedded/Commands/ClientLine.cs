using System.Globalization;
using ShopSession.Redis.Embedded.Connections;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>A client as CLIENT LIST and CLIENT INFO describe it.</summary>
internal static class ClientLine
{
    public static string TypeOf(Client client) => client.HasSubscriptions ? "pubsub" : "normal";

    public static string Of(Client client, long now) => string.Create(
        CultureInfo.InvariantCulture,
        $"id={client.Id} addr={client.Address} laddr={client.LocalAddress} fd=-1 name={client.Name} age={(now - client.ConnectedAt) / 1000} idle={(now - client.LastInteraction) / 1000} flags={Flags(client)} db={client.Database.Index} sub={client.Channels.Count} psub={client.Patterns.Count} ssub=0 multi={client.Transaction?.Commands.Count ?? -1} qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=0 rbp=0 obl=0 oll=0 omem={client.Output.Pending} tot-mem={client.Output.Pending} events=r cmd={(client.LastCommand.Length == 0 ? "NULL" : client.LastCommand)} user=default redir={client.Tracking?.RedirectTo ?? -1} resp={client.ProtocolVersion} lib-name={client.LibraryName} lib-ver={client.LibraryVersion}");

    private static string Flags(Client client)
    {
        var flags = "";
        if (client.HasSubscriptions) flags += "P";
        if (client.Transaction is not null) flags += "x";
        if (client.WatchFailed) flags += "d";
        if (client.Tracking is { } tracking)
        {
            flags += "t";
            if (tracking.IsRedirectBroken) flags += "R";
            if (tracking.IsBroadcast) flags += "B";
        }

        if (client.IsExemptFromEviction) flags += "e";
        return flags.Length == 0 ? "N" : flags;
    }
}
