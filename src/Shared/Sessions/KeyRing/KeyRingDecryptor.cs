using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace ShopSession.Sessions.KeyRing;

/// <summary>Opens a stored data-protection key. The framework makes it by its name, which stands beside the key: renaming the type would lose the keys. Safe for concurrent use.</summary>
public sealed class KeyRingDecryptor : IXmlDecryptor
{
    private readonly KeyRingSecret _secret;

    /// <summary>Made by the framework.</summary>
    public KeyRingDecryptor(IServiceProvider services) => _secret = services.GetRequiredService<KeyRingSecret>();

    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        if (!_secret.IsSet)
            throw new CryptographicException("The data-protection keys are encrypted, and this replica has no Session:KeyRingSecret. Give every service the one that the others have.");
        var name = (string?)encryptedElement.Element("secret");
        if (name != _secret.Name)
            throw new CryptographicException($"A data-protection key is encrypted under another Session:KeyRingSecret ({name}) than this replica's ({_secret.Name}). Give every service the same.");
        return XElement.Parse(Encoding.UTF8.GetString(_secret.Decrypt(Convert.FromBase64String((string?)encryptedElement.Element("value") ?? ""))));
    }
}
