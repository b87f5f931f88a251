using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace ShopSession.Sessions;

/// <summary>
/// A login's stored form, before it is encrypted: a third of the framework's <see cref="TicketSerializer"/>, which repeats every claim type as an address and every issuer. What has no place
/// here (actors, bootstrap tokens, properties of claims) is left to that serializer; its bytes begin with another mark.
/// </summary>
/// <remarks>
/// <code>
/// 0xC2 · scheme · number of identities · per identity: authentication type, name type, role type, number of claims ·
///   per claim: flags (1 value type, 2 issuer, 4 original issuer follow), type, value, […] · number of properties · per property: name, value
/// </code>
/// Texts are written by <see cref="TicketText"/>.
/// </remarks>
internal static class SessionTicket
{
    private const byte Mark = 0xC2;
    private const byte HasValueType = 1;
    private const byte HasIssuer = 2;
    private const byte HasOriginalIssuer = 4;

    public static byte[] Serialize(AuthenticationTicket ticket)
    {
        if (!IsPlain(ticket.Principal)) return TicketSerializer.Default.Serialize(ticket);
        using var bytes = new MemoryStream(128);
        using var writer = new BinaryWriter(bytes);
        writer.Write(Mark);
        TicketText.Write(writer, ticket.AuthenticationScheme);
        var identities = ticket.Principal.Identities.ToArray();
        writer.Write7BitEncodedInt(identities.Length);
        foreach (var identity in identities)
        {
            TicketText.Write(writer, identity.AuthenticationType ?? "");
            TicketText.Write(writer, identity.NameClaimType);
            TicketText.Write(writer, identity.RoleClaimType);
            var claims = identity.Claims.ToArray();
            writer.Write7BitEncodedInt(claims.Length);
            foreach (var claim in claims) Write(writer, claim);
        }

        var properties = ticket.Properties.Items.Where(item => item.Value is not null).ToArray();
        writer.Write7BitEncodedInt(properties.Length);
        foreach (var (name, value) in properties)
        {
            TicketText.Write(writer, name);
            TicketText.Write(writer, value!);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    public static AuthenticationTicket? Deserialize(byte[] bytes)
    {
        if (bytes.Length == 0) return null;
        if (bytes[0] != Mark) return TicketSerializer.Default.Deserialize(bytes);
        using var reader = new BinaryReader(new MemoryStream(bytes, 1, bytes.Length - 1));
        var scheme = TicketText.Read(reader);
        var principal = new ClaimsPrincipal();
        for (var identities = reader.Read7BitEncodedInt(); identities > 0; identities--)
        {
            var type = TicketText.Read(reader);
            var identity = new ClaimsIdentity(type.Length == 0 ? null : type, TicketText.Read(reader), TicketText.Read(reader));
            for (var claims = reader.Read7BitEncodedInt(); claims > 0; claims--) identity.AddClaim(ReadClaim(reader));
            principal.AddIdentity(identity);
        }

        var properties = new AuthenticationProperties();
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--) properties.Items[TicketText.Read(reader)] = TicketText.Read(reader);
        return new AuthenticationTicket(principal, properties, scheme);
    }

    private static bool IsPlain(ClaimsPrincipal principal) => principal.Identities.All(identity =>
        identity.Actor is null && identity.BootstrapContext is null && identity.Label is null && identity.Claims.All(claim => claim.Properties.Count == 0));

    private static void Write(BinaryWriter writer, Claim claim)
    {
        var flags = (claim.ValueType == ClaimValueTypes.String ? 0 : HasValueType)
            | (claim.Issuer == ClaimsIdentity.DefaultIssuer ? 0 : HasIssuer)
            | (claim.OriginalIssuer == claim.Issuer ? 0 : HasOriginalIssuer);
        writer.Write((byte)flags);
        TicketText.Write(writer, claim.Type);
        TicketText.Write(writer, claim.Value);
        if ((flags & HasValueType) != 0) TicketText.Write(writer, claim.ValueType);
        if ((flags & HasIssuer) != 0) TicketText.Write(writer, claim.Issuer);
        if ((flags & HasOriginalIssuer) != 0) TicketText.Write(writer, claim.OriginalIssuer);
    }

    private static Claim ReadClaim(BinaryReader reader)
    {
        var flags = reader.ReadByte();
        var type = TicketText.Read(reader);
        var value = TicketText.Read(reader);
        var valueType = (flags & HasValueType) == 0 ? ClaimValueTypes.String : TicketText.Read(reader);
        var issuer = (flags & HasIssuer) == 0 ? ClaimsIdentity.DefaultIssuer : TicketText.Read(reader);
        return new Claim(type, value, valueType, issuer, (flags & HasOriginalIssuer) == 0 ? issuer : TicketText.Read(reader));
    }
}
