using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using ShopSession.Sessions.Sealing;

namespace ShopSession.Sessions.KeyRing;

/// <summary>
/// Seals what the device list shows under the shared key ring: the list is made without the sessions' ids, so the ids' own keys cannot serve. Safe for concurrent use.
/// </summary>
internal sealed class DeviceProtector(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("ShopSession.Sessions.Device.v1");

    public byte[] Protect(string userAgent, string address)
    {
        var device = DeviceDescription.Of(userAgent, address);
        return _protector.Protect(Encoding.UTF8.GetBytes($"{device.Address}\n{device.UserAgent}"));
    }

    /// <summary>What was sealed, or two empty texts when its key is gone: a list with a nameless device beats none.</summary>
    public (string UserAgent, string Address) Unprotect(ReadOnlyMemory<byte> sealedBytes)
    {
        try
        {
            var text = Encoding.UTF8.GetString(_protector.Unprotect(sealedBytes.ToArray()));
            var split = text.IndexOf('\n', StringComparison.Ordinal);
            return (text[(split + 1)..], text[..split]);
        }
        catch (CryptographicException)
        {
            return ("", "");
        }
    }
}
