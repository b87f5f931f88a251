using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;

namespace ShopSession.Auth.TwoFactor;

/// <summary>The key that an authenticator makes its codes from.</summary>
/// <param name="Key">Base32.</param>
/// <param name="Email">Names the account in the authenticator.</param>
internal sealed record AuthenticatorKey(string Key, string Email)
{
    private const string Issuer = "Holdfast";

    /// <summary>In groups of four, for typing.</summary>
    public string Spaced => string.Join(' ', Key.Chunk(4).Select(part => new string(part)));

    /// <summary>The address that an authenticator reads (Google's key URI format).</summary>
    public string Uri => $"otpauth://totp/{Issuer}:{System.Uri.EscapeDataString(Email)}?secret={Key}&issuer={Issuer}&digits=6&period=30";

    /// <summary>The address as a QR code: one SVG path of dark squares, without styles, which the content security policy would refuse.</summary>
    public QrPicture Picture()
    {
        using var data = new QRCodeGenerator().CreateQrCode(Uri, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            BitArray row = data.ModuleMatrix[y];
            for (var x = 0; x < row.Count; x++)
            {
                if (row[x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }

        return new QrPicture(data.ModuleMatrix.Count, path.ToString());
    }
}

/// <summary>A QR code.</summary>
/// <param name="Size">Its width and height in squares, with the quiet zone.</param>
/// <param name="Path">The dark squares as an SVG path.</param>
internal sealed record QrPicture(int Size, string Path);
