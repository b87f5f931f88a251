using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace ShopSession.Sessions.KeyRing;

/// <summary>Encrypts a data-protection key before it is stored. Safe for concurrent use.</summary>
internal sealed class KeyRingEncryptor(KeyRingSecret secret) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var bytes = secret.Encrypt(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
        return new EncryptedXmlInfo(
            new XElement("encryptedKey", new XComment(" Encrypted under Session:KeyRingSecret (AES-256-GCM). "), new XElement("secret", secret.Name), new XElement("value", Convert.ToBase64String(bytes))),
            typeof(KeyRingDecryptor));
    }
}
