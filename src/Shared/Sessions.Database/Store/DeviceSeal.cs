using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace ShopSession.Sessions.Database.Store;

/// <summary>Seals what the device list shows under the shared key ring: the list is made without the sessions' ids, so the ids' own keys cannot serve. Safe for concurrent use.</summary>
internal sealed class DeviceSeal(IDataProtectionProvider protection)
{
    private const int MaxUserAgent = 256;

    private readonly IDataProtector _protector = protection.CreateProtector("ShopSession.Sessions.Database.Device.v1");

    public byte[] Seal(string userAgent, string address)
    {
        var agent = userAgent.Length > MaxUserAgent ? userAgent[..MaxUserAgent] : userAgent;
        return _protector.Protect(Encoding.UTF8.GetBytes($"{address}\n{agent}"));
    }

    /// <summary>What was sealed, or two empty texts when its key is gone: a list with a nameless device beats none.</summary>
    public (string UserAgent, string Address) Open(byte[]? sealedBytes)
    {
        if (sealedBytes is null) return ("", "");
        try
        {
            var text = Encoding.UTF8.GetString(_protector.Unprotect(sealedBytes));
            var split = text.IndexOf('\n', StringComparison.Ordinal);
            return (text[(split + 1)..], text[..split]);
        }
        catch (CryptographicException)
        {
            return ("", "");
        }
    }
}
