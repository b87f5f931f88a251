using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ShopSession.Web;

namespace ShopSession.Auth.Passkeys;

/// <summary>
/// The relying party is the parent domain, so a passkey belongs to the shop and not to one of its siblings; but only pages of auth may ask for one. The
/// authenticator must know its user (fingerprint, face, PIN): then a passkey is two factors by itself.
/// </summary>
internal sealed class ConfigurePasskeys(IOptions<ShopOptions> shop, ShopUrls urls) : IConfigureOptions<IdentityPasskeyOptions>
{
    public void Configure(IdentityPasskeyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ServerDomain = shop.Value.Domain;
        options.AuthenticatorTimeout = PasskeyCeremony.Lifetime;
        options.UserVerificationRequirement = "required";
        // Signing in starts without an address: the authenticator has to know whose passkey it is.
        options.ResidentKeyRequirement = "required";
        var origin = urls.Auth("");
        options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == origin);
    }
}
