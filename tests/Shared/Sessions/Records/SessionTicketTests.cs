using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace ShopSession.Sessions.Tests.Records;

public sealed class SessionTicketTests
{
    [Fact]
    public void A_login_comes_back_whole_and_takes_a_fraction_of_the_frameworks_form()
    {
        var identity = new ClaimsIdentity("pwd", ClaimTypes.Name, "role");
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, "0b5ff14e-9b6e-4d52-8f4e-2f6f6a1c8d11"));
        identity.AddClaim(new Claim(ClaimTypes.Name, "Ada Lovelace"));
        identity.AddClaim(new Claim(ClaimTypes.Email, "ada@mail.example"));
        identity.AddClaim(new Claim("age", "36", ClaimValueTypes.Integer, "issuer", "origin"));
        identity.AddClaim(new Claim("long", new string('ü', 300)));
        identity.AddClaim(new Claim("number", "1790000000"));
        identity.AddClaim(new Claim("zeros", "00017"));
        var properties = new AuthenticationProperties { IsPersistent = true };
        properties.Items["own"] = "value";
        var ticket = new AuthenticationTicket(new ClaimsPrincipal([identity, new ClaimsIdentity()]), properties, "Cookies");

        var read = SessionTicket.Deserialize(SessionTicket.Serialize(ticket))!;

        Assert.Equal("Cookies", read.AuthenticationScheme);
        Assert.Equal(ticket.Properties.Items, read.Properties.Items);
        Assert.Equal(2, read.Principal.Identities.Count());
        var copy = read.Principal.Identities.First();
        Assert.Equal(("pwd", ClaimTypes.Name, "role", true), (copy.AuthenticationType, copy.NameClaimType, copy.RoleClaimType, copy.IsAuthenticated));
        Assert.False(read.Principal.Identities.Last().IsAuthenticated);
        Assert.Equal(identity.Claims.Select(Describe), copy.Claims.Select(Describe));
        identity.RemoveClaim(identity.FindFirst("long"));
        Assert.True(SessionTicket.Serialize(ticket).Length * 2 < TicketSerializer.Default.Serialize(ticket).Length);
    }

    [Theory]
    [InlineData("Cookies", ClaimTypes.Name)]
    [InlineData("Cookies", "name")]
    [InlineData(null, ClaimTypes.Name)]
    public void A_login_of_the_usual_shape_is_no_other_for_being_short(string? type, string nameType)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, "7"), new Claim("email_verified", "true", ClaimValueTypes.Boolean), new Claim("name", "Ada")], type, nameType, ClaimTypes.Role);

        var read = SessionTicket.Deserialize(SessionTicket.Serialize(new AuthenticationTicket(new ClaimsPrincipal(identity), "Cookies")))!;

        var copy = Assert.Single(read.Principal.Identities);
        Assert.Equal((type, nameType, ClaimTypes.Role, "Cookies"), (copy.AuthenticationType, copy.NameClaimType, copy.RoleClaimType, read.AuthenticationScheme));
        Assert.Equal(identity.Claims.Select(Describe), copy.Claims.Select(Describe));
    }

    [Fact]
    public void What_the_short_form_cannot_hold_is_kept_in_the_frameworks()
    {
        var claim = new Claim(ClaimTypes.Name, "Ada");
        claim.Properties["source"] = "directory";
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([claim], "pwd")), "Cookies");

        var read = SessionTicket.Deserialize(SessionTicket.Serialize(ticket))!;

        Assert.Equal("directory", read.Principal.FindFirst(ClaimTypes.Name)!.Properties["source"]);
    }

    private static string Describe(Claim claim) => $"{claim.Type}={claim.Value} {claim.ValueType} {claim.Issuer} {claim.OriginalIssuer}";
}
