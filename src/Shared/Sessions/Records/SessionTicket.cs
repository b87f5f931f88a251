using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ShopSession.Sessions;

/// <summary>
/// A login's stored form, before it is encrypted: a third of the framework's <see cref="TicketSerializer"/>, which repeats every claim type as an address and every issuer. What has no place
/// here (actors, bootstrap tokens, properties of claims) is left to that serializer; its bytes begin with another mark.
/// </summary>
/// <remarks>
/// <code>
/// 0xC2 · scheme · number of identities · per identity: authentication type, name type, role type, claims · properties
/// 0xC3 · claims · properties                    the same, when there is one identity, cookie authentication's, with the usual name and role types
/// claims:     their number · per claim: type, value; before it 0xFC and flags (1 value type, 2 issuer, 4 original issuer follow) where one of these is not the usual
/// properties: their number · per property: name, value
/// </code>
/// Texts are written by <see cref="TicketText"/>, which begins none with 0xFC.
/// </remarks>
internal static class SessionTicket
{
    private const byte Full = 0xC2;
    private const byte Usual = 0xC3;
    private const byte Unusual = 0xFC;
    private const byte HasValueType = 1;
    private const byte HasIssuer = 2;
    private const byte HasOriginalIssuer = 4;

    public static byte[] Serialize(AuthenticationTicket ticket)
    {
        if (!IsPlain(ticket.Principal)) return TicketSerializer.Default.Serialize(ticket);
        using var bytes = new MemoryStream(128);
        using var writer = new BinaryWriter(bytes);
        var identities = ticket.Principal.Identities.ToArray();
        if (IsUsual(ticket, identities))
        {
            writer.Write(Usual);
            WriteClaims(writer, identities[0]);
        }
        else
        {
            writer.Write(Full);
            TicketText.Write(writer, ticket.AuthenticationScheme);
            writer.Write7BitEncodedInt(identities.Length);
            foreach (var identity in identities)
            {
                TicketText.Write(writer, identity.AuthenticationType ?? "");
                TicketText.Write(writer, identity.NameClaimType);
                TicketText.Write(writer, identity.RoleClaimType);
                WriteClaims(writer, identity);
            }
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
        if (bytes[0] is not (Full or Usual)) return TicketSerializer.Default.Deserialize(bytes);
        using var reader = new BinaryReader(new MemoryStream(bytes, 1, bytes.Length - 1));
        var isUsual = bytes[0] == Usual;
        var scheme = isUsual ? CookieAuthenticationDefaults.AuthenticationScheme : TicketText.Read(reader);
        var principal = new ClaimsPrincipal();
        for (var identities = isUsual ? 1 : reader.Read7BitEncodedInt(); identities > 0; identities--)
        {
            var type = isUsual ? scheme : TicketText.Read(reader);
            var identity = isUsual ? new ClaimsIdentity(type) : new ClaimsIdentity(type.Length == 0 ? null : type, TicketText.Read(reader), TicketText.Read(reader));
            for (var claims = reader.Read7BitEncodedInt(); claims > 0; claims--) identity.AddClaim(ReadClaim(reader));
            principal.AddIdentity(identity);
        }

        var properties = new AuthenticationProperties();
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--) properties.Items[TicketText.Read(reader)] = TicketText.Read(reader);
        return new AuthenticationTicket(principal, properties, scheme);
    }

    private static bool IsPlain(ClaimsPrincipal principal) => principal.Identities.All(identity =>
        identity.Actor is null && identity.BootstrapContext is null && identity.Label is null && identity.Claims.All(claim => claim.Properties.Count == 0));

    private static bool IsUsual(AuthenticationTicket ticket, ClaimsIdentity[] identities) =>
        ticket.AuthenticationScheme == CookieAuthenticationDefaults.AuthenticationScheme
        && identities is [{ AuthenticationType: CookieAuthenticationDefaults.AuthenticationScheme, NameClaimType: ClaimsIdentity.DefaultNameClaimType, RoleClaimType: ClaimsIdentity.DefaultRoleClaimType }];

    private static void WriteClaims(BinaryWriter writer, ClaimsIdentity identity)
    {
        var claims = identity.Claims.ToArray();
        writer.Write7BitEncodedInt(claims.Length);
        foreach (var claim in claims) Write(writer, claim);
    }

    private static void Write(BinaryWriter writer, Claim claim)
    {
        var flags = (claim.ValueType == ClaimValueTypes.String ? 0 : HasValueType)
            | (claim.Issuer == ClaimsIdentity.DefaultIssuer ? 0 : HasIssuer)
            | (claim.OriginalIssuer == claim.Issuer ? 0 : HasOriginalIssuer);
        if (flags != 0)
        {
            writer.Write(Unusual);
            writer.Write((byte)flags);
        }

        TicketText.Write(writer, claim.Type);
        TicketText.Write(writer, claim.Value);
        if ((flags & HasValueType) != 0) TicketText.Write(writer, claim.ValueType);
        if ((flags & HasIssuer) != 0) TicketText.Write(writer, claim.Issuer);
        if ((flags & HasOriginalIssuer) != 0) TicketText.Write(writer, claim.OriginalIssuer);
    }

    private static Claim ReadClaim(BinaryReader reader)
    {
        var flags = 0;
        if (reader.ReadByte() == Unusual) flags = reader.ReadByte();
        else reader.BaseStream.Position--;
        var type = TicketText.Read(reader);
        var value = TicketText.Read(reader);
        var valueType = (flags & HasValueType) == 0 ? ClaimValueTypes.String : TicketText.Read(reader);
        var issuer = (flags & HasIssuer) == 0 ? ClaimsIdentity.DefaultIssuer : TicketText.Read(reader);
        return new Claim(type, value, valueType, issuer, (flags & HasOriginalIssuer) == 0 ? issuer : TicketText.Read(reader));
    }
}
